/** Which piece each point of a map belongs to: 0 is none, else 1, 2, ... */
export interface Pieces {
  readonly piece: Int32Array;
  /** Points of each piece; the one of 0 is 0. */
  readonly sizes: number[];
}

/** 1 where a value is above the threshold. A loop, since `Uint8Array.from` with a function takes ten times as long. */
export function mapAbove(values: Float32Array, threshold: number): Uint8Array {
  const map = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at]! > threshold) map[at] = 1;
  return map;
}

/** Numbers the connected pieces of a map of 0 and 1; neighbours are those beside, above and below. */
export function labelPieces(map: Uint8Array, width: number): Pieces {
  const piece = new Int32Array(map.length);
  const sizes = [0];
  const queue = new Int32Array(map.length);
  for (let seed = 0; seed < map.length; seed++) {
    if (map[seed] === 0 || piece[seed] !== 0) continue;
    piece[seed] = sizes.length;
    queue[0] = seed;
    sizes.push(flood(map, width, piece, queue, 1));
  }
  return { piece, sizes };
}

/** Grows pieces at one pace over the points of a map: each point goes to the piece that reaches it first. Points that no piece reaches keep 0. */
export function growPieces(start: Int32Array, map: Uint8Array, width: number): Int32Array {
  const piece = Int32Array.from(start);
  const queue = new Int32Array(piece.length);
  let filled = 0;
  for (let at = 0; at < piece.length; at++) if (piece[at] !== 0) queue[filled++] = at;
  flood(map, width, piece, queue, filled);
  return piece;
}

/** Passes the numbers of the queued points on to their unnumbered neighbours; returns how many points were queued in the end. */
function flood(map: Uint8Array, width: number, piece: Int32Array, queue: Int32Array, waiting: number): number {
  let filled = waiting;
  const end = map.length;
  for (let next = 0; next < filled; next++) {
    const from = queue[next]!;
    const number = piece[from]!;
    const column = from % width;
    for (let side = 0; side < 4; side++) {
      let at: number;
      if (side === 0) {
        if (column === 0) continue;
        at = from - 1;
      } else if (side === 1) {
        if (column === width - 1) continue;
        at = from + 1;
      } else at = side === 2 ? from - width : from + width;
      if (at < 0 || at >= end || map[at] === 0 || piece[at] !== 0) continue;
      piece[at] = number;
      queue[filled++] = at;
    }
  }
  return filled;
}

/** Numbers of the pieces that touch the map's edge. */
export function piecesAtEdge(piece: Int32Array, width: number): Set<number> {
  const height = piece.length / width;
  const found = new Set<number>();
  for (let x = 0; x < width; x++) found.add(piece[x]!).add(piece[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) found.add(piece[y * width]!).add(piece[y * width + width - 1]!);
  found.delete(0);
  return found;
}
