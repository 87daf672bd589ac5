type Rgb = readonly [number, number, number];

const WHITE = '#ffffff';
const INK = '#0e0f12';
const STEP = 0.01;

/** WCAG 2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrastRatio(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `color` itself where it reads on `ground`, else the nearest lighter or darker shade of its hue that does. */
export function readableShade(
  color: string,
  ground: string,
  ratio: number,
  direction: 'lighter' | 'darker',
): string {
  const [hue, saturation, lightness] = toHsl(channels(color));
  const step = direction === 'lighter' ? STEP : -STEP;
  let shade = color;
  for (let tried = lightness; contrastRatio(shade, ground) < ratio; ) {
    tried = Math.min(1, Math.max(0, tried + step));
    shade = fromHsl(hue, saturation, tried);
    if (tried === 0 || tried === 1) break;
  }
  return shade;
}

/** White or ink, whichever reads better on `ground`. */
export function textOn(ground: string): string {
  return contrastRatio(WHITE, ground) >= contrastRatio(INK, ground) ? WHITE : INK;
}

interface BrandShades {
  /** Fill of buttons, and the text on it. */
  brand: string;
  onBrand: string;
  /** Brand-coloured text on a panel, a card or the tint. */
  ink: string;
  tint: string;
  bubble: string;
  onBubble: string;
}

/**
 * The shades a widget needs of one brand colour, for light and dark. Text reads at 4.5:1 or better on each, whatever the
 * colour is: a shade that would not is moved until it does.
 */
export function brandShades(color: string): { light: BrandShades; dark: BrandShades } {
  const given = isHexColor(color) ? color.toLowerCase() : '#4b45d6';
  const light = fill(readableShade(given, WHITE, 3, 'darker'));
  const lightTint = mix(given, WHITE, 0.88);
  const dark = readableShade(given, '#1b1d22', 6.5, 'lighter');
  const darkTint = mix(dark, '#141519', 0.82);
  const bubble = fill(readableShade(given, '#141519', 2.2, 'lighter'));
  return {
    light: {
      ...light,
      ink: readableShade(light.brand, lightTint, 4.6, 'darker'),
      tint: lightTint,
      bubble: light.brand,
      onBubble: light.onBrand,
    },
    dark: {
      ...fill(dark),
      ink: readableShade(readableShade(dark, '#22252b', 4.6, 'lighter'), darkTint, 4.6, 'lighter'),
      tint: darkTint,
      bubble: bubble.brand,
      onBubble: bubble.onBrand,
    },
  };
}

function isHexColor(value: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(value);
}

function fill(color: string): { brand: string; onBrand: string } {
  const onBrand = textOn(color);
  return { brand: readableShade(color, onBrand, 4.5, onBrand === WHITE ? 'darker' : 'lighter'), onBrand };
}

function luminance(color: string): number {
  const [r, g, b] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(color: string, other: string, share: number): string {
  const to = channels(other);
  return toHex(channels(color).map((channel, index) => channel + ((to[index] ?? 0) - channel) * share));
}

function channels(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Hue in sixths of the circle, saturation and lightness from 0 to 1. */
function toHsl([red, green, blue]: Rgb): [number, number, number] {
  const [r, g, b] = [red / 255, green / 255, blue / 255];
  const max = Math.max(r, g, b);
  const spread = max - Math.min(r, g, b);
  const lightness = max - spread / 2;
  if (spread === 0) return [0, 0, lightness];
  const hue = max === r ? (g - b) / spread : max === g ? 2 + (b - r) / spread : 4 + (r - g) / spread;
  return [hue, spread / (1 - Math.abs(2 * lightness - 1)), lightness];
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const k = (offset + hue * 2 + 12) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return toHex([channel(0), channel(8), channel(4)]);
}

function toHex(rgb: readonly number[]): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
