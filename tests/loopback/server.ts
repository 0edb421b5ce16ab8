import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { makeTestFolder } from '../../packages/server/store/test-store.ts';
import { pinnedNode, root } from '../e2e/command.ts';

/** A server in a process of its own, with a folder of its own. */
export interface OtherServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `refreel serve` on a free port. */
export async function startServer(
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<OtherServer> {
  const data = await makeTestFolder('loopback');
  const env = { PATH: process.env.PATH ?? '', LANG: 'C', REFREEL_PORT: '0', REFREEL_DATA: data, ...environment };
  const child = spawn(pinnedNode, [join(root, 'bin', 'refreel'), 'serve', '--json', ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { url } = JSON.parse(await firstLine(child)) as { url: string };
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let out = '';
  for await (const chunk of child.stdout!) {
    out += String(chunk);
    if (out.includes('\n')) return out;
  }
  throw new Error(`the server did not start: ${out}`);
}

/** What a film's own bytes say of it. @throws where they are no film */
export async function probe(
  film: Uint8Array,
): Promise<{ width: number; height: number; seconds: number; sound: boolean }> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(new Uint8Array(film)) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('no pictures in it');
  const { displayWidth: width, displayHeight: height } = track;
  const { averagePacketRate, packetCount } = await track.computePacketStats();
  const sound = (await input.getPrimaryAudioTrack()) !== null;
  return { width, height, seconds: packetCount / averagePacketRate, sound };
}
