import type { Reference } from '../reference.ts';
import { findActionWords } from './action-words.ts';
import { findCameraWords } from './camera-words.ts';
import { flattenPrompt } from './flat.ts';
import type { Prompt } from './prompt.ts';
import { blankQuotes } from './quotes.ts';

/** What a good prompt says, by the vendors' pages: subject + action + place + camera + light + style, and the atmosphere. */
export const promptElements = ['subject', 'action', 'place', 'camera', 'light', 'style', 'atmosphere'] as const;
export type PromptElement = (typeof promptElements)[number];

const word = (english: string, chinese: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${english})(?![\\p{L}\\p{N}])|${chinese}`, 'iu');

const places = word(
  'streets?|parks?|forests?|woods|beach|room|bedroom|kitchen|city|cityscape|skyline|mountains?|sea|seaside|ocean|fields?|gardens?|deserts?|sky|office|cafe|café|bar|shop|store|house|home|school|stage|river|lake|road|bridge|station|train|car|interior|exterior|background|landscape|valley|meadow|village|town|castle|temple|market|alley|rooftop|studio|outer space|planet|island|grass|lawn|snow|indoors|outdoors|hall|corridor|library|restaurant|hotel|hospital|harbou?r|pier|cliff|cave|jungle|farm|square|plaza|ground|table|window|setting|surroundings',
  '街|公园|森林|树林|海[边滩上洋面]|大海|沙滩|房间|卧室|厨房|城市|都市|山[上谷顶间脚]|雪山|天空|花园|草[地原坪]|沙漠|办公室|咖啡|酒吧|店|家[里中]|学校|教室|舞台|河|湖|路[上边口]|公路|桥|车站|室内|室外|户外|背景|村|小镇|城堡|寺|市场|屋顶|太空|星球|岛|雪地|田野|院子|院里|楼|墙|窗|桌|椅|床|场景|环境|洞口|天际线|码头|教堂|广场',
);
const lights = word(
  'light|lights|lighting|lit|sunlight|sunlit|sunny|sunset|sunrise|dawn|dusk|golden hour|blue hour|moonlight|moonlit|neon|shadows?|backlit|glow|glowing|bright|dark|dim|candles?|candlelight|lamps?|night|noon|afternoon|morning|twilight|rays?|overcast',
  '光|阴影|光影|影子|灯|夜|黄昏|日落|日出|清晨|傍晚|霓虹|明亮|昏暗|午后|烛|夕阳|晚霞|阴天|晴',
);
const styles = word(
  'cinematic|photorealistic|photorealism|hyperrealistic|realistic|anime|manga|cartoon|film noir|noir|watercolou?r|oil painting|pixar|ghibli|3d|2d|cgi|pixel art|stop motion|claymation|documentary|vintage|retro|cyberpunk|steampunk|comic|sketch|hd|4k|8k|high definition|35mm|film grain|minimalist|surreal|impressionist|styles?|stylised|stylized|shallow depth of field|bokeh|vfx',
  '风格|质感|画质|高清|超清|写实|动漫|动画|卡通|水彩|油画|像素|赛博朋克|蒸汽朋克|复古|电影|胶片|国风|国潮|水墨|漫画|韩漫|纪录片|黏土|定格|极简|[34８48]K|[23]D|[影画漫片古]风',
);
const atmospheres = word(
  'mood|moody|atmosphere|atmospheric|cozy|cosy|peaceful|calm|tense|mysterious|romantic|melanchol(?:y|ic)|joyful|joy|happy|happily|eerie|dreamy|dreamlike|epic|serene|dramatic|playful|warm|gloomy|lonely|nostalgic|tranquil|suspenseful|gentle|lively|quiet|energetic|tender|majestic|festive|ominous|whimsical|curiously|excited|exciting',
  '氛围|气氛|温馨|治愈|神秘|浪漫|紧张|宁静|安静|静谧|孤独|欢快|轻快|忧伤|悲伤|梦幻|史诗|童趣|冒险|温柔|舒缓|惊喜|悬疑|热烈|欢乐|可爱|热闹|唯美|壮观|动感|悠闲|温暖',
);

/**
 * Which elements a prompt already has. What is said in quotation marks does not count. A scene that is mentioned is a place. The
 * subject cannot be told from words alone, so it is there as soon as anything is written.
 */
export function elementsOf(prompt: Prompt, references: readonly Reference[]): Set<PromptElement> {
  const flat = flattenPrompt(prompt);
  const text = blankQuotes(flat.text);
  const found = new Set<PromptElement>();
  const kinds = new Map(references.map(({ id, kind }) => [id, kind]));
  const mentioned = [...flat.mentions.values()].map(({ mention }) => kinds.get(mention));
  if (text.trim() !== '') found.add('subject');
  if (findActionWords(text).length > 0) found.add('action');
  if (mentioned.includes('scene') || places.test(text)) found.add('place');
  if (findCameraWords(text).length > 0) found.add('camera');
  if (lights.test(text)) found.add('light');
  if (styles.test(text)) found.add('style');
  if (atmospheres.test(text)) found.add('atmosphere');
  return found;
}
