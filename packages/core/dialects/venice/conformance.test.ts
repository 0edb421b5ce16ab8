import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { venice } from './index.ts';

conforms(venice, goldens, { headers: { 'content-type': 'application/json' } });
