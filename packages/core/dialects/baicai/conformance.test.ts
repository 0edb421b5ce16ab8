import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { baicai } from './index.ts';

conforms(baicai, goldens, { headers: { 'content-type': 'application/json' } });
