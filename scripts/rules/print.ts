import type { Finding } from '../../domain/rules.ts';

/** Prints findings and their count; 1 where one of them is an error. */
export function printFindings(findings: readonly Finding[]): number {
  for (const { file, line, pointer, code, severity, reason } of findings)
    console.log(`${file}:${line} ${pointer} [${code}] ${severity} ${reason.zh} / ${reason.en}`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  console.log(`${errors} 个错误 errors, ${findings.length - errors} 个警告 warnings`);
  return errors === 0 ? 0 : 1;
}
