import type { RouteState } from '../case/case.ts';
import type { LegalDay } from '../time/types.ts';
import { type Act, checkPastDay, clockKey } from './definition.ts';
import type { PerformanceState } from './performance-state.ts';

const CPL = '民事诉讼法';

const courtRoute = ({ case: { routes } }: PerformanceState): RouteState | undefined =>
  routes.find(({ route }) => route === 'courtDocument');

/** The court has entrusted the case and has yet to close it; that it takes its time changes nothing. */
const isOpen = (state: PerformanceState): boolean =>
  state.stage !== 'ended' && ['available', 'lapsed'].includes(courtRoute(state)?.stage ?? '');

/** The court closes the suit that it had entrusted, with its own document or without. */
function close(state: PerformanceState, stage: 'granted' | 'refused', detail: Record<string, unknown>) {
  const own = courtRoute(state);
  if (own) own.stage = stage;
  return { stop: [clockKey(state, 'courtDocument.application')], detail };
}

/** The court's own mediation document: it can be enforced once both sides have received it. */
const recordCourtDocument: Act<PerformanceState, { receivedOn: LegalDay }> = {
  event: 'agreementPerformance.courtDocumentReceived',
  title: { zh: '法院据协议制作调解书，双方签收', en: 'The court makes its mediation document; both receive it' },
  legalRef: 'CRT-02',
  source: `${CPL} 第一百条`,
  by: ['court', 'operator', 'mediator'],
  open: isOpen,
  refuses: (state, input, at) => checkPastDay(input.receivedOn, at, '/receivedOn', state.agreement.effectiveOn),
  apply: (state, { receivedOn }) => close(state, 'granted', { receivedOn, enforceable: true }),
};

/** The suit is withdrawn: the agreement stays, and no paper of the court comes of it. */
const recordSuitWithdrawn: Act<PerformanceState, { withdrawnOn: LegalDay }> = {
  event: 'agreementPerformance.suitWithdrawn',
  title: { zh: '达成协议后法院准许撤诉', en: 'The court lets the suit be withdrawn for the agreement' },
  legalRef: 'CRT-02',
  source: `${CPL} 第一百四十八条`,
  by: ['court', 'operator', 'mediator'],
  open: isOpen,
  refuses: (state, input, at) => checkPastDay(input.withdrawnOn, at, '/withdrawnOn', state.agreement.effectiveOn),
  apply: (state, { withdrawnOn }) => close(state, 'refused', { withdrawnOn }),
};

/** What the court does with an agreement in a suit that it had entrusted to mediation. */
export const courtPaperActs = {
  'agreementPerformance.recordCourtDocument': recordCourtDocument,
  'agreementPerformance.recordSuitWithdrawn': recordSuitWithdrawn,
};
