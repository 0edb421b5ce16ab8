// The painter's inner loops, in AssemblyScript: 8-bit planes, premultiplied where there is an alpha plane, 128-bit SIMD.
// The host lays out the memory and passes addresses; nothing is allocated here. Every loop may read up to 64 bytes past the end of
// a plane and write up to 15 bytes past the end of a row of the frame: the host leaves that room.
export { prepareColumns } from './columns';
export { hideRows, prepareRows } from './rows';
export { findSpans } from './spans';
export { drawPlane } from './draw';
export { copyRows, fadePlane, fillPlane } from './fill';
export { halvePlane } from './levels';
export { flipPlane } from './texel';
export { convertBlended, convertOpaque, premultiplyPlane } from './colour';
