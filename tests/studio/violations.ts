import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page, or a part of it, in both themes. Open it without motion: colours on their way are not those that are seen. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const before = await page.evaluate<string>('document.documentElement.dataset.theme');
  const found: string[] = [];
  for (const theme of ['dark', 'light']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    const result = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      `axe.run('${part}')`,
    );
    found.push(...result.violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html.slice(0, 200)}`));
  }
  await page.evaluate(`document.documentElement.dataset.theme = '${before}'`);
  return found;
}
