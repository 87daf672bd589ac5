import type { ArtName } from './product-art';

export interface Product {
  id: string;
  name: string;
  price: number;
  line: string;
  art: ArtName;
  tone: 'moss' | 'clay' | 'sky' | 'stone' | 'sand' | 'fern';
  note?: string;
}

export const PRODUCTS: Product[] = [
  {
    id: 'ridgeline-2',
    name: 'Ridgeline 2',
    price: 640,
    line: 'Two people, one dog · 1.9 kg',
    art: 'ridgeline',
    tone: 'moss',
    note: 'Back in moss',
  },
  {
    id: 'fell-38',
    name: 'Fell 38',
    price: 210,
    line: 'Three days, one lid · 1.1 kg',
    art: 'pack',
    tone: 'clay',
  },
  { id: 'loft-5', name: 'Loft −5', price: 345, line: 'Recycled down · 820 g', art: 'bag', tone: 'sky' },
  {
    id: 'morning-set',
    name: 'Morning set',
    price: 95,
    line: 'Pot, stove, two cups',
    art: 'stove',
    tone: 'stone',
  },
];

export const TENT_AND_JACKET: Product[] = [
  {
    id: 'halla-3',
    name: 'Halla 3',
    price: 820,
    line: 'Two doors, three packs · 2.6 kg',
    art: 'halla',
    tone: 'sand',
  },
  {
    id: 'squall',
    name: 'Squall shell',
    price: 290,
    line: 'Three layers, any weather · 410 g',
    art: 'shell',
    tone: 'fern',
  },
];
