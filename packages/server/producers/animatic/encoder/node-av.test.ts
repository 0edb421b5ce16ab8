import { describeEncoder } from './encoder.suite.ts';
import { nodeAvEncoder } from './node-av.ts';

describeEncoder(nodeAvEncoder);
