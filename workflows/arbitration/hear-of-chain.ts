import { setHandler } from '@temporalio/workflow';
import { hearOfMove, type MediationNews, suspendAcceptance } from '../../domain/procedures/arbitration-mediation.ts';
import type { ArbitrationState } from '../../domain/procedures/arbitration-state.ts';
import { chainMoved, mediatedFirst } from '../messages.ts';
import { moment } from '../moment.ts';
import type { Run } from '../run.ts';

const titles = {
  'arbitration.acceptanceSuspended': { zh: '双方同意先行调解，暂缓受理', en: 'Both agree: acceptance is suspended' },
  'arbitration.backFromMediation': { zh: '调解结束，案件退回仲裁', en: 'The case is back from mediation' },
} as const;

/** The arbitration hears where the chain of the case goes, and takes the case back from the mediation it sent it to. */
export function hearOfChain({ state, commit }: Run<ArbitrationState>): void {
  let heard = 0;
  async function write(news: MediationNews | undefined): Promise<void> {
    if (news === undefined) return;
    const { effects, ...event } = news;
    heard += 1;
    await commit({
      dedup: `${news.type}:${heard}:${state.run}`,
      event: { ...event, title: titles[news.type] },
      effects,
    });
  }
  setHandler(chainMoved, (move) => write(state.outcome === undefined ? hearOfMove(state, move, moment()) : undefined));
  setHandler(mediatedFirst, () => write(state.outcome === undefined ? suspendAcceptance(state) : undefined));
}
