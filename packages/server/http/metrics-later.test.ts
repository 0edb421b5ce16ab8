import { expect, test } from 'vitest';
import type { Database } from '../store/index.ts';
import { metricsLater } from './metrics-later.ts';

/** Figures are asked for without a store here: it is then said to be away. */
const away = {} as Database;

test('what happened before they were loaded is counted, and what happens afterwards', async () => {
  const { metrics, load } = metricsLater();
  const seen = { model: 'animatic', dialect: 'native', seconds: 0.01 };
  metrics.watch.accepted(seen);
  metrics.refusedFetch('address_forbidden');
  metrics.answered('GET', '/v1/models', 200, 0.001);
  metrics.watch.draws('animatic', performance.now() - 5000)();
  const drawn = metrics.watch.draws('sora-2', performance.now() - 5000);
  await load();
  metrics.watch.accepted(seen);
  drawn();
  const { body } = await metrics.text(away);
  expect(body).toContain('refreel_accept_seconds_count{model="animatic",dialect="native"} 2');
  expect(body).toContain('refreel_fetch_refusals_total{code="address_forbidden"} 1');
  expect(body).toContain('refreel_http_request_seconds_count{method="GET",route="/v1/models",status="200"} 1');
  expect(body).toContain('refreel_renders_running 0');
  // Seconds from their beginning, not from the loading.
  for (const model of ['animatic', 'sora-2']) {
    expect(body).toContain(`refreel_render_seconds_bucket{le="4",model="${model}"} 0`);
    expect(body).toContain(`refreel_render_seconds_count{model="${model}"} 1`);
  }
  expect(body).toContain('refreel_store_up 0');
});

test('whoever asks for the figures loads them', async () => {
  const { metrics } = metricsLater();
  metrics.watch.cancelled();
  expect((await metrics.text(away)).body).toContain('refreel_generations_cancelled_total 1');
});
