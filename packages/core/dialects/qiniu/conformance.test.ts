import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { qiniu } from './index.ts';

conforms(qiniu, goldens, { headers: { 'content-type': 'application/json' }, runs: 1000 });
