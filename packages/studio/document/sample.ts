import type { Language } from '@refreel/core/model';
import { newKept } from './kept-projects.ts';
import type { Project } from './project.ts';
import { switchTo } from './project-store.ts';
import { beginUpload } from './uploads.ts';

const pictures = {
  collins: new URL('../samples/collins.webp', import.meta.url).href,
  cat: new URL('../samples/cat.webp', import.meta.url).href,
  mountains: new URL('../samples/mountains.webp', import.meta.url).href,
};

/** What the sample's pictures are called, and who made them; see samples/README.md. */
export const sampleCredits = 'NASA · Stefan van der Walt (CC0) · Aitzol Berasategi (CC BY 4.0)';

const words = {
  en: {
    title: 'Sample',
    names: { collins: 'collins', cat: 'cat', mountains: 'mountains' },
    prompt:
      'Slow camera push forward. Wide cinematic shot of @collins on the left of @mountains at sunrise, while @cat sits on the right and looks up. Soft golden light, a calm morning. @collins says: "Look, the sun is coming up."',
  },
  zh: {
    title: '示例',
    names: { collins: '柯林斯', cat: '小猫', mountains: '群山' },
    prompt:
      '镜头缓慢推进，电影感全景：日出时分，@柯林斯 站在@群山 的左侧，@小猫 坐在右侧抬头张望。金色晨光柔和，清晨宁静。@柯林斯 说：“看，太阳出来了。”',
  },
} as const;

/** Opens the project that a first start shows. Its pictures are sent to the server like anybody's. */
export async function openSample(language: Language): Promise<void> {
  const { title, names, prompt } = words[language];
  const files = await Promise.all([
    fileAt(pictures.collins, `${names.collins}.webp`),
    fileAt(pictures.cat, `${names.cat}.webp`),
    fileAt(pictures.mountains, `${names.mountains}.webp`),
  ]);
  // Not before all of them are here: what arrives at the server is named anew in the project, so the project has to be there.
  const [collins, cat, mountains] = files.map(beginUpload) as [string, string, string];
  const project: Project = {
    version: 1,
    request: {
      model: 'animatic',
      references: [
        { kind: 'subject', id: 'collins', name: names.collins, image: collins },
        { kind: 'subject', id: 'cat', name: names.cat, image: cat },
        { kind: 'scene', id: 'mountains', name: names.mountains, image: mountains },
      ],
      shots: [{ prompt, seconds: 5 }],
    },
    facts: {},
  };
  switchTo(newKept(project, title));
}

async function fileAt(address: string, name: string): Promise<File> {
  const bytes = await (await fetch(address)).blob();
  return new File([bytes], name, { type: 'image/webp' });
}
