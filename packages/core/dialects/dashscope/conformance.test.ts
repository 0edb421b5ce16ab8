import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { dashscope } from './index.ts';

conforms(dashscope, goldens, {
  headers: { 'content-type': 'application/json', 'x-dashscope-async': 'enable' },
  store: 'oss://store',
});
