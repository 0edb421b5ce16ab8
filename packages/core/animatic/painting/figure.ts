import type { FigureSprite } from '../sprite.ts';
import { css, shade } from './colour.ts';
import { type Brush, type Easel, readCanvas } from './easel.ts';
import type { Rgba } from './rgba.ts';

/** An outline in its own units: 1000 high, `width` wide, standing on its lower edge. */
interface Outline {
  readonly width: number;
  /** From the back to the front; `tone` makes a part darker or brighter than the figure. */
  readonly parts: readonly { readonly path: string; readonly tone: number }[];
}

/** A stand-in for somebody whom no picture shows: a calm silhouette with light from above, as large as its box allows, at its foot. */
export function makeFigure({ shape, colour, width, height }: FigureSprite, easel: Easel): Rgba {
  const outline = outlines[shape];
  const context = easel.canvas(width, height);
  const scale = Math.min(width / outline.width, height / 1000);
  context.translate((width - outline.width * scale) / 2, height - 1000 * scale);
  context.scale(scale, scale);
  for (const { path, tone } of outline.parts) {
    const body = context.createLinearGradient(0, 0, 0, 1000);
    body.addColorStop(0, css(shade(shade(colour, tone), 1.16)));
    body.addColorStop(0.35, css(shade(colour, tone)));
    body.addColorStop(1, css(shade(colour, tone * 0.66)));
    context.fillStyle = body;
    context.fill(easel.path(path));
  }
  paintLight(context, outline.width, colour);
  return { data: readCanvas(context, width, height), width, height, opaque: false };
}

/** Light from the upper left, shade to the right: enough to make it round. Only what is there already is painted. */
function paintLight(context: Brush, width: number, colour: FigureSprite['colour']): void {
  context.globalCompositeOperation = 'source-atop';
  const across = context.createLinearGradient(0, 0, width, 0);
  across.addColorStop(0, css(shade(colour, 1.5), 0.34));
  across.addColorStop(0.4, css(colour, 0));
  across.addColorStop(1, css(shade(colour, 0.4), 0.36));
  context.fillStyle = across;
  context.fillRect(0, 0, width, 1000);
  context.globalCompositeOperation = 'source-over';
}

const outlines: Readonly<Record<FigureSprite['shape'], Outline>> = {
  person: {
    width: 330,
    parts: [
      // Trousers and shoes.
      {
        tone: 0.8,
        path: `M84 530 L246 530 C248 610 244 690 239 770 C236 840 234 890 231 936 C232 950 240 960 249 972 C258 986 252 1000 234 1000
          L190 1000 C180 1000 176 992 177 980 C179 900 178 820 176 745 C174 690 171 650 165 610
          C159 650 156 690 154 745 C152 820 151 900 153 980 C154 992 150 1000 140 1000 L96 1000 C78 1000 72 986 81 972
          C90 960 98 950 99 936 C96 890 94 840 91 770 C86 690 82 610 84 530 Z`,
      },
      // Hands.
      {
        tone: 1.08,
        path: `M20 480 C14 520 20 558 34 562 C48 562 56 530 54 486 Z M310 480 C316 520 310 558 296 562 C282 562 274 530 276 486 Z`,
      },
      // Neck and head.
      { tone: 1.08, path: 'M143 104 L187 104 C187 146 194 160 214 176 L116 176 C136 160 143 146 143 104 Z' },
      {
        tone: 1.08,
        path: 'M165 4 C200 4 219 32 217 66 C215 102 193 136 165 136 C137 136 115 102 113 66 C111 32 130 4 165 4 Z',
      },
      // Jacket.
      {
        tone: 1,
        path: `M134 160 C150 176 180 176 196 160 C204 164 214 166 224 169 C256 178 278 192 287 226 C297 266 304 320 310 374
          C315 416 318 462 315 496 C306 504 286 505 275 500 C274 462 268 424 260 384 C256 360 252 330 249 300
          C246 360 248 470 253 566 C226 578 104 578 77 566 C82 470 84 360 81 300 C78 330 74 360 70 384
          C62 424 56 462 55 500 C44 505 24 504 15 496 C12 462 15 416 20 374 C26 320 33 266 43 226
          C52 192 74 178 106 169 C116 166 126 164 134 160 Z`,
      },
    ],
  },
  animal: {
    width: 1290,
    parts: [
      // Legs on the far side.
      {
        tone: 0.76,
        path: `M352 600 C372 680 392 740 388 800 C384 850 374 900 370 948 C368 972 374 990 386 990 L446 990 C456 976 448 960 444 946
          C450 880 470 800 478 740 C484 690 480 650 476 600 Z
          M716 610 C722 690 726 770 722 850 C720 890 714 930 712 956 C711 976 718 990 730 990 L788 990 C798 976 792 960 787 946
          C792 870 812 780 830 700 L840 620 Z`,
      },
      // Tail.
      { tone: 0.95, path: 'M228 420 C170 404 112 350 84 270 C72 236 50 232 46 262 C40 340 92 448 196 500 Z' },
      // Trunk, neck and head, looking to the right.
      {
        tone: 1,
        path: `M205 430 C250 372 350 356 470 362 C600 368 720 372 800 340 C868 312 905 250 938 178 C952 146 966 110 978 72
          C984 50 1002 50 1010 70 C1020 94 1030 122 1044 136 C1084 146 1116 168 1138 198 C1176 212 1218 222 1250 238
          C1276 250 1280 282 1262 304 C1240 332 1196 344 1150 344 C1108 346 1080 366 1062 402 C1036 452 1016 520 984 572
          C950 630 900 652 840 650 C720 646 600 628 480 640 C400 644 330 668 270 660 C206 648 178 590 180 524 C181 488 188 454 205 430 Z`,
      },
      // Legs on the near side.
      {
        tone: 1,
        path: `M184 520 C184 620 222 680 226 740 C228 800 206 860 200 930 C198 956 190 980 204 1000 L286 1000 C296 984 286 966 282 950
          C290 880 322 800 352 728 C372 684 380 640 384 560 Z`,
      },
      {
        tone: 1,
        path: `M812 580 C826 680 838 760 838 840 C838 890 832 930 830 960 C828 980 834 1000 850 1000 L918 1000 C930 984 920 966 914 950
          C918 860 938 760 962 690 C976 646 990 610 996 540 Z`,
      },
    ],
  },
  'resting-animal': {
    width: 2200,
    parts: [
      // Tail.
      { tone: 0.82, path: 'M330 1000 C120 1000 30 880 90 760 C120 700 190 716 180 780 C166 850 220 900 380 900 Z' },
      // Back and belly.
      {
        tone: 0.95,
        path: `M170 1000 C110 770 250 490 570 425 C880 372 1200 430 1430 560 C1580 650 1660 810 1660 1000 Z`,
      },
      // Haunch.
      { tone: 1.04, path: 'M250 1000 C205 810 330 655 545 660 C745 668 835 820 812 1000 Z' },
      // Forelegs.
      { tone: 1, path: 'M1330 1000 C1310 925 1380 872 1490 874 L2040 890 C2120 896 2136 1000 2060 1000 Z' },
      // Head, its chin on the paws.
      {
        tone: 1.12,
        path: `M1440 600 C1436 500 1444 400 1474 326 C1488 296 1520 300 1542 330 C1572 368 1606 404 1640 426 C1696 408 1764 408 1820 424
          C1850 398 1880 362 1906 328 C1926 304 1954 310 1962 342 C1980 420 1986 510 1984 590 C2030 660 2016 770 1936 836
          C1850 898 1640 900 1546 838 C1452 774 1412 680 1440 600 Z`,
      },
    ],
  },
  thing: {
    width: 1000,
    parts: [
      {
        tone: 1,
        path: `M110 0 L890 0 C955 0 1000 45 1000 110 L1000 890 C1000 955 955 1000 890 1000 L110 1000 C45 1000 0 955 0 890 L0 110
          C0 45 45 0 110 0 Z`,
      },
      // A lid.
      { tone: 1.1, path: 'M110 0 L890 0 C955 0 1000 45 1000 110 L1000 236 L0 236 L0 110 C0 45 45 0 110 0 Z' },
    ],
  },
};
