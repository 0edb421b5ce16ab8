import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A browser to run, and what its process needs to be told. */
interface Installation {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a headless Chromium that plays H.264 and AAC: the machine's own (`REFREEL_CHROMIUM`, else /usr/bin/chromium) or the one that
 * comes with the packages and needs nothing of the machine, not even a download. The caller closes it. `graphics`: with a graphics card, made
 * of software, for who looks at what a canvas paints: without one it smooths no edge.
 */
export async function launchBrowser({ graphics = false } = {}): Promise<Browser> {
  const { executable, environment } = await findBrowser();
  return playwright.launch({
    executablePath: executable,
    env: { ...process.env, ...environment },
    args: [
      // Containers run as root, where the sandbox does not start, and give /dev/shm too little room.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--autoplay-policy=no-user-gesture-required',
      '--mute-audio',
      // Without a graphics card a rendering of one in software takes more of the processors than the pages themselves.
      ...(graphics ? ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : ['--disable-gpu']),
    ],
  });
}

async function findBrowser(): Promise<Installation> {
  const named = process.env.REFREEL_CHROMIUM;
  if (named) return { executable: named, environment: {} };
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  return installed ? { executable: installed, environment: {} } : unpackedBrowser();
}

/**
 * Unpacks the browser of the package once for this machine. The package itself unpacks straight into the temporary folder and takes
 * a file that is there for a whole one, which fails as soon as two test files begin at once: here it works in a folder of its own,
 * which is renamed when it is whole.
 */
async function unpackedBrowser(): Promise<Installation> {
  const version = await packageVersion();
  const folder = join(tmpdir(), `refreel-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executable: join(folder, 'chromium'),
    environment: {
      // Libraries that a bare Debian lacks (NSS, NSPR, Expat).
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

async function unpackInto(folder: string): Promise<void> {
  const workshop = await mkdtemp(`${folder}-`);
  const environment = { ...process.env };
  try {
    // The package decides by these: where to unpack, and whether the libraries are wanted. It sets others when it is loaded.
    process.env.TMPDIR = workshop;
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
    const { default: bundled } = await import('@sparticuz/chromium');
    await bundled.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  }
  await writeFile(join(workshop, 'fonts.conf'), fontsConfiguration(folder));
  await mkdir(join(workshop, 'fonts-cache'), { recursive: true });
  try {
    await rename(workshop, folder);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    // Another process was quicker; its folder is as good.
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

/** The package's own names folders of another kind of machine. */
function fontsConfiguration(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((name) => `  <dir>${name}</dir>`),
    `  <cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

async function packageVersion(): Promise<string> {
  // The package exports no package.json; its folder is two above what it does export.
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version?: string };
    if (version) return version;
  }
  throw new Error('@sparticuz/chromium has no version');
}
