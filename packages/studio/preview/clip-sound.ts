import { mixRate } from '@refreel/core/mixing';
import type { MadeSound } from './film-messages.ts';

/** The sound of a video, as the film is mixed: stereo at 48 kHz. Only a page can decode it. @throws where there is none that the browser reads */
export async function readClipSound(address: string): Promise<MadeSound> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a video did not come: status ${answer.status}`);
  const decoder = new OfflineAudioContext({ numberOfChannels: 2, length: 1, sampleRate: mixRate });
  const sound = await decoder.decodeAudioData(await answer.arrayBuffer());
  const left = new Float32Array(sound.getChannelData(0));
  return { left, right: sound.numberOfChannels > 1 ? new Float32Array(sound.getChannelData(1)) : left };
}
