import { mkdtemp, rm, stat } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequest, review } from '@refreel/core/authoring';
import { explainProblem, type Language, Refusal } from '@refreel/core/model';
import { type AnimaticOptions, openAnimatic } from '@refreel/server/producers/animatic';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { languageFrom } from '../show/words.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** A failure that leaves Refreel usable. */
  readonly optional?: boolean;
  readonly says: string;
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('try every part on this machine')
    .description(
      'Makes a very short film with each encoder, with a spoken line in each language, and says what works on this machine.',
    )
    .option('--json', 'print the outcome as JSON')
    .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'zh']))
    .action(async (flags: { json?: boolean; lang?: string }) => {
      const language = languageFrom(flags.lang);
      const findings = await examine(language);
      if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      else
        for (const { what, ok, optional, says } of findings)
          process.stdout.write(`${ok ? '✓' : optional ? '·' : '✗'} ${what}: ${says}\n`);
      process.exitCode = findings.every(({ ok, optional }) => ok || optional === true)
        ? exitCodes.done
        : exitCodes.failed;
    });
}

async function examine(language: Language): Promise<Finding[]> {
  const findings: Finding[] = [
    { what: 'Node.js', ok: true, says: `${process.version}, ${process.platform}-${process.arch}` },
    {
      what: language === 'en' ? 'free memory' : '可用内存',
      ok: freemem() > 700e6,
      says: `${Math.round(freemem() / 1_048_576)} MB`,
    },
  ];
  findings.push(await tryFilm(language === 'en' ? 'built-in encoder' : '内置编码器', {}, language));
  findings.push({ ...(await tryFilm('ffmpeg', { encoder: 'ffmpeg' }, language)), optional: true });
  return findings;
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
    const film = request === undefined ? undefined : review(request, { media: {}, lines: {} }).film;
    if (request === undefined || film === undefined) throw new Error('the request of the doctor itself is wrong');
    const file = join(folder, 'film.mp4');
    const made = await animatic.draw(request, film, { media: {}, lines: {} }, {}, file);
    const { size } = await stat(file);
    const heard = made.plan.lines.filter(({ envelope }) => envelope.length > 0).length;
    const spoken = language === 'en' ? `${heard} of 2 lines spoken` : `已合成 ${heard}/2 句语音`;
    return { what, ok: size > 1000 && heard === 2, says: `${made.frames} frames, ${size} bytes, ${spoken}` };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const says = error.problems.map((one) => Object.values(explainProblem(one, language)).join(' ')).join(' ');
    return { what, ok: false, says };
  } finally {
    await animatic.close();
    await rm(folder, { recursive: true, force: true });
  }
}
