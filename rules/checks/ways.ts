import type { RuleBook } from '../../domain/rules.ts';
import { decisionFile, type Packs } from '../packs.ts';
import { type PathFault, unknownOutcomes, walk } from '../paths.ts';
import { placeOf, type Report, rulesOf, type Stack, stacksOf } from './stacks.ts';

const circles: ReadonlySet<PathFault['code']> = new Set(['never-ends', 'silent-circle']);
const warnings: ReadonlySet<PathFault['code']> = new Set(['out-of-reach', 'silent-circle']);

/** What is wrong with the ways of a case, from intake to its end, told of the pack that brings it. */
export async function checkWays(report: Report, packs: Packs, book: RuleBook): Promise<void> {
  const told = new Set<string>();
  const tell = (stack: Stack, { code, about, reason }: PathFault) => {
    // The same circle is found in every region that has rules of its own; it is told where it comes from.
    const same = `${code} ${circles.has(code) ? reason.en : about}`;
    if (told.has(same)) return;
    told.add(same);
    const rule = rulesOf(stack, 'procedure.next').find((one) => one.rule.id === about);
    const place = rule && placeOf(rule, 'when');
    const file = { pack: stack.pack, file: decisionFile('procedure.next'), path: [] };
    report(place ?? file, warnings.has(code) ? 'warning' : 'error', code, reason);
  };
  const unknown = unknownOutcomes(book);
  for (const stack of stacksOf(packs)) {
    const { regionCode } = stack.pack.head;
    for (const fault of unknown) if (fault.region === regionCode) tell(stack, fault);
    const changes = ['procedure.next', 'intake.firstProcedure', 'intake.admissible', 'silence.default'] as const;
    if (!changes.some((point) => stack.pack.decisions[point] !== undefined)) continue;
    for (const fault of (await walk(book, regionCode)).faults) tell(stack, fault);
  }
}
