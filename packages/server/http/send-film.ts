import type { FaultName } from '../sandbox/fault-table.ts';
import type { Files } from '../store/index.ts';
import { type Content, sendContent } from './content.ts';
import { cut } from './cut.ts';

/** What stands in place of a film where something between has answered. */
const page = '<!doctype html>\n<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>\n';

/** Gives a film as `sendContent` does, or as the fault of it shows. An expired one is refused by whoever hands it out, in its own way. */
export async function sendFilm(
  request: Request,
  files: Files,
  content: Content,
  download: boolean,
  fault: FaultName | undefined,
): Promise<Response> {
  if (fault === 'zero_byte_film') return instead(request, '', content.mediaType);
  if (fault === 'wrong_content_type') return instead(request, page, 'text/html; charset=utf-8');
  const answer = await sendContent(request, files, content, download);
  if (fault !== 'truncated_film' || answer.body === null) return answer;
  return cut(answer, 'close', Math.floor(Number(answer.headers.get('content-length')) / 2));
}

function instead({ method }: Request, text: string, type: string): Response {
  return new Response(method === 'HEAD' ? null : text, {
    status: 200,
    headers: {
      'content-type': type,
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
