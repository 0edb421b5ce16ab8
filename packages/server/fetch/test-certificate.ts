import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for 127.0.0.1 that signs itself, made anew for each run: no private key lies in the repository and none runs out. */
export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, ecdsaWithSha256);
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('test')))));
  const day = (offsetDays: number) => {
    const time = new Date(Date.now() + offsetDays * 86_400_000).toISOString();
    return der(0x18, Buffer.from(`${time.replace(/[-:T]|\..*/g, '')}Z`));
  };
  const alternatives = der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('films.example')));
  const authority = der(0x30, der(0x01, Buffer.from([0xff])));
  const extensions = [
    der(0x30, subjectAlternativeName, der(0x04, alternatives)),
    der(0x30, basicConstraints, der(0x04, authority)),
  ];
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, day(-1), day(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const whole = der(0x30, body, algorithm, der(0x03, signature)).toString('base64');
  const lines = whole.match(/.{1,64}/g)!.join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

const identifier = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
/** One DER element: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = identifier('2a8648ce3d040302');
/** 2.5.4.3 */
const commonName = identifier('550403');
/** 2.5.29.17 */
const subjectAlternativeName = identifier('551d11');
/** 2.5.29.19 */
const basicConstraints = identifier('551d13');
