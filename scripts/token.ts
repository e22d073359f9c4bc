/** `npm run token -- --role operator --region 310116`: a token of the development issuer, for twelve hours. */
import { parseArgs } from 'node:util';
import { roles } from '../api/auth.ts';
import { devKeys, signDevToken } from '../api/dev-issuer.ts';
import { readEnv } from '../temporal-config/env.ts';

const { values } = parseArgs({
  options: {
    role: { type: 'string' },
    region: { type: 'string' },
    subject: { type: 'string' },
  },
});
const role = roles.find((known) => known === values.role);
if (!role || (values.region !== undefined && !/^\d{6}$/.test(values.region))) {
  process.stderr.write(
    `用法 Usage: npm run token -- --role ${roles.join('|')} [--region 310116] [--subject account]\n` +
      '当事人 A party: --role party --subject <the account given at registration>\n',
  );
  process.exit(2);
}
const env = readEnv();
if (env.oidcIssuer !== undefined) {
  process.stderr.write('已设置 OIDC_ISSUER，请向它申请凭证。OIDC_ISSUER is set; ask it for a token.\n');
  process.exit(2);
}
const token = await signDevToken(await devKeys(env.dataDir), {
  subject: values.subject ?? `${role}-${values.region ?? '000000'}`,
  role,
  audience: env.oidcAudience,
  ...(values.region === undefined ? {} : { region: values.region }),
});
process.stdout.write(`${token}\n`);
