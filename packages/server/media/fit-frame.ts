import type { Frame } from 'node-av/lib';
import type { Track } from './container.ts';
import { type Orientation, pixelStretch, readOrientation, turnPlane } from './orientation.ts';
import type { I420 } from './rgba.ts';
import { type FrameScaler, openScaler } from './scale-frame.ts';

/** Scales, turns and crops decoded frames to one size. Frames of a film may differ in size from one another. */
export function openFitter(track: Track, width: number, height: number) {
  const orientation = readOrientation(track.stream);
  let scaler: FrameScaler | undefined;
  let source = '';
  let scaled = { width: 0, height: 0 };
  const turned = orientation.quarterTurns % 2 === 1;
  const asStored = orientation.quarterTurns === 0 && !orientation.mirrored;

  return {
    fit(frame: Frame): I420 {
      const stretch = pixelStretch(track.stream, frame);
      const described = `${frame.width} ${frame.height} ${stretch}`;
      if (described !== source || !scaler) {
        scaler?.close();
        source = described;
        scaled = coverSize(frame.width * stretch, frame.height, turned ? height : width, turned ? width : height);
        scaler = openScaler(scaled.width, scaled.height, 'i420');
      }
      const planes = scaler.scale(frame);
      const upright = asStored ? { ...scaled, data: planes } : turn({ ...scaled, data: planes }, orientation);
      return crop(upright, width, height);
    },
    close: () => scaler?.close(),
  };
}

/** The smallest even size of the given shape that covers width x height. */
function coverSize(
  shapeWidth: number,
  shapeHeight: number,
  width: number,
  height: number,
): { width: number; height: number } {
  const scale = Math.max(width / shapeWidth, height / shapeHeight);
  const even = (value: number) => Math.round(value / 2) * 2;
  return { width: Math.max(width, even(shapeWidth * scale)), height: Math.max(height, even(shapeHeight * scale)) };
}

function planesOf(picture: I420): { data: Uint8Array; width: number; height: number }[] {
  const { width, height, data } = picture;
  const full = width * height;
  const half = { width: width / 2, height: height / 2 };
  return [
    { data: data.subarray(0, full), width, height },
    { data: data.subarray(full, full * 1.25), ...half },
    { data: data.subarray(full * 1.25, full * 1.5), ...half },
  ];
}

function turn(picture: I420, orientation: Orientation): I420 {
  const odd = orientation.quarterTurns % 2 === 1;
  const into: I420 = {
    width: odd ? picture.height : picture.width,
    height: odd ? picture.width : picture.height,
    data: new Uint8Array(picture.data.length),
  };
  const targets = planesOf(into);
  for (const [index, plane] of planesOf(picture).entries()) {
    turnPlane(plane.data, plane.width, plane.height, orientation, targets[index]!.data);
  }
  return into;
}

function crop(picture: I420, width: number, height: number): I420 {
  if (picture.width === width && picture.height === height) return picture;
  const into: I420 = { width, height, data: new Uint8Array(width * height * 1.5) };
  const left = Math.floor((picture.width - width) / 4) * 2;
  const top = Math.floor((picture.height - height) / 4) * 2;
  const targets = planesOf(into);
  for (const [index, plane] of planesOf(picture).entries()) {
    const divisor = index === 0 ? 1 : 2;
    const target = targets[index]!;
    for (let y = 0; y < target.height; y++) {
      const from = (y + top / divisor) * plane.width + left / divisor;
      target.data.set(plane.data.subarray(from, from + target.width), y * target.width);
    }
  }
  return into;
}
