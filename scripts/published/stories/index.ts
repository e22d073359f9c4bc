import { dongcheng } from './dongcheng.ts';
import { fangshan } from './fangshan.ts';
import { huaiyin } from './huaiyin.ts';
import { jinshan } from './jinshan.ts';
import { langya } from './langya.ts';
import { licang } from './licang.ts';
import { longgang } from './longgang.ts';
import { ouhai } from './ouhai.ts';
import { shouguang } from './shouguang.ts';
import { zengdu } from './zengdu.ts';

/** Published cases of `fixtures/cases`, each as a story. */
export const stories = [longgang, fangshan, huaiyin, licang, zengdu, jinshan, ouhai, shouguang, langya, dongcheng];
