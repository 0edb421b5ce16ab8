import { mkdtemp, rm } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequest, review } from '@refreel/core/authoring';
import { explainProblem, type Language, noFacts, Refusal } from '@refreel/core/model';
import { type AnimaticOptions, openAnimatic } from '@refreel/server/producers/animatic';
import { exitCodes } from '../exit-codes.ts';
import type { TalkFlags } from '../flags.ts';
import { labelled, languageFrom } from '../show/words.ts';
import { examineAccounts } from './doctor-accounts.ts';
import type { Finding } from './finding.ts';

/** Tries every part on this machine and every account, and tells what works. The answer is the exit code. */
export async function examineMachine(flags: TalkFlags): Promise<number> {
  const language = languageFrom(flags.lang);
  const findings: Finding[] = [
    { what: 'Node.js', ok: true, says: `${process.version}, ${process.platform}-${process.arch}` },
    memory(language),
    await tryFilm(language === 'en' ? 'built-in encoder' : '内置编码器', {}, language),
    { ...(await tryFilm('ffmpeg', { encoder: 'ffmpeg' }, language)), optional: true },
    ...(await examineAccounts(language)),
  ];
  if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else
    for (const { what, ok, optional, says } of findings)
      process.stdout.write(`${ok ? '✓' : optional ? '·' : '✗'} ${labelled(what, says, language)}\n`);
  return findings.every(({ ok, optional }) => ok || optional === true) ? exitCodes.done : exitCodes.failed;
}

/** What drawing a film of 720p takes, with some room. */
const leastMegabytes = 700;

function memory(language: Language): Finding {
  const megabytes = Math.round(freemem() / 1_048_576);
  const wanted = language === 'en' ? `${leastMegabytes} MB are wanted` : `需要 ${leastMegabytes} MB`;
  const ok = megabytes >= leastMegabytes;
  const what = language === 'en' ? 'free memory' : '可用内存';
  return { what, ok, says: ok ? `${megabytes} MB` : `${megabytes} MB; ${wanted}` };
}

/** A second of film of each language: the child process, the speech, the painter and the encoder all have to work for it. */
async function tryFilm(what: string, options: AnimaticOptions, language: Language): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'refreel-doctor-'));
  const animatic = await openAnimatic(options);
  try {
    const { request } = readRequest({
      shots: [
        { prompt: 'A woman by the sea says: "Yes."', seconds: 1 },
        { prompt: '海边的女孩说：“好。”', seconds: 1 },
      ],
      size: '320x180',
    });
    const film = request === undefined ? undefined : review(request, noFacts).film;
    if (request === undefined || film === undefined) throw new Error('the request of the doctor itself is wrong');
    const made = await animatic.draw(request, film, noFacts, {}, join(folder, 'film.mp4'));
    const heard = made.plan.lines.filter(({ envelope }) => envelope.length > 0).length;
    const says = {
      en: `${made.frames} frames, ${made.bytes} bytes, ${heard} of 2 lines spoken`,
      zh: `${made.frames} 帧，${made.bytes} 字节，已合成 ${heard}/2 句语音`,
    };
    return { what, ok: made.bytes > 1000 && heard === 2, says: says[language] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const says = error.problems.map((one) => Object.values(explainProblem(one, language)).join(' ')).join(' ');
    return { what, ok: false, says };
  } finally {
    await animatic.close();
    await rm(folder, { recursive: true, force: true });
  }
}
