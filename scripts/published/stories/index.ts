import { autoparts } from './autoparts.ts';
import { dongcheng } from './dongcheng.ts';
import { fangshan } from './fangshan.ts';
import { huaiyin } from './huaiyin.ts';
import { jinshan } from './jinshan.ts';
import { langya } from './langya.ts';
import { licang } from './licang.ts';
import { longgang } from './longgang.ts';
import { ouhai } from './ouhai.ts';
import { shouguang } from './shouguang.ts';
import { tangshan } from './tangshan.ts';
import { tongzhou } from './tongzhou.ts';
import { yao } from './yao.ts';
import { zengdu } from './zengdu.ts';

/** The published cases of `fixtures/cases`, each as a story; the longest first. */
export const stories = [
  ...[huaiyin, licang, fangshan, autoparts, yao, zengdu, jinshan, longgang],
  ...[ouhai, tangshan, shouguang, langya, dongcheng, tongzhou],
];
