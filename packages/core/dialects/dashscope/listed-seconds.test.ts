import { expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import { check, noFacts, type Request } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { dashscope } from './index.ts';
import { ask27, serve } from './serving.suite.ts';

const listed = 'Shot 1 (3s): rain falls. Shot 2 (4s): the sun comes out.';

it('times that the words list do not make the film longer than the vendor would', () => {
  const { request } = serve(ask27({ prompt: listed }));
  expect(check(request!, cardOf('wan2.7-r2v'), noFacts).film?.seconds).toBe(5);
  const said = serve(ask27({ prompt: listed }, { duration: 7 })).request;
  expect(check(said!, cardOf('wan2.7-r2v'), noFacts).film?.seconds).toBe(7);
});

it('a length that follows from the words is said to the vendor, who would take its own', () => {
  const request: Request = {
    model: 'wan2.7-r2v',
    references: [{ kind: 'image', id: 'a', name: 'a', image: 'https://media.example/a.png' }],
    shots: [{ prompt: [listed] }],
  };
  expect(check(request, cardOf('wan2.7-r2v'), noFacts).film?.seconds).toBe(7);
  const duration = (one: Request) => {
    const written = dashscope.voyage.start(one, contextOf(dashscope));
    if (!written.ok || written.message.body.kind !== 'json') throw new Error('not written');
    return (written.message.body.value as { parameters: { duration?: number } }).parameters.duration;
  };
  expect(duration(request)).toBe(7);
  expect(duration({ ...request, shots: [{ prompt: ['rain falls.'] }] })).toBeUndefined();
});
