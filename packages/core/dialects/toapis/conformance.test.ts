import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { toapis } from './index.ts';

conforms(toapis, goldens, { headers: { 'content-type': 'application/json' } });
