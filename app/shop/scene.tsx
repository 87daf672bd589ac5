import styles from './shop.module.css';

const BACK_PINES = [
  [610, 452, 0.42],
  [640, 456, 0.56],
  [668, 454, 0.46],
  [1010, 448, 0.5],
  [1040, 452, 0.7],
  [1076, 450, 0.56],
  [1380, 452, 0.62],
] as const;
const FRONT_PINES = [
  [36, 520, 1.5],
  [108, 512, 1.1],
  [164, 522, 1.3],
  [1268, 524, 1.2],
  [1336, 530, 1.6],
  [1410, 526, 1.3],
] as const;

/** First light over a mountain lake, and a tent that is awake already. */
export function Scene() {
  return (
    <svg
      className={styles.scene}
      viewBox="0 0 1440 560"
      preserveAspectRatio="xMidYMax slice"
      role="img"
      aria-label="A lit tent beside a mountain lake at first light"
    >
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop className={styles.skyTop} />
          <stop offset=".5" className={styles.skyMiddle} />
          <stop offset=".8" className={styles.skyLow} />
        </linearGradient>
        <radialGradient id="sun">
          <stop className={styles.sunIn} />
          <stop offset="1" className={styles.sunOut} />
        </radialGradient>
        <linearGradient id="far" x1="0" y1="0" x2="0" y2="1">
          <stop className={styles.farTop} />
          <stop offset="1" className={styles.farLow} />
        </linearGradient>
        <linearGradient id="mid" x1="0" y1="0" x2="0" y2="1">
          <stop className={styles.midTop} />
          <stop offset="1" className={styles.midLow} />
        </linearGradient>
        <linearGradient id="lake" x1="0" y1="0" x2="0" y2="1">
          <stop className={styles.lakeTop} />
          <stop offset="1" className={styles.lakeLow} />
        </linearGradient>
        <linearGradient id="canvas" x1="0" y1="0" x2="0" y2="1">
          <stop stopColor="#f7b765" />
          <stop offset="1" stopColor="#d4662a" />
        </linearGradient>
        <radialGradient id="glow">
          <stop stopColor="#ffd690" stopOpacity=".8" />
          <stop offset="1" stopColor="#ffd690" stopOpacity="0" />
        </radialGradient>
        <symbol id="pine" viewBox="-40 -100 80 106" overflow="visible">
          <path d="M0-96c5 13 10 22 18 31h-8c6 12 12 20 21 29H17C24-22 30-12 40-3H4v9h-8v-9h-36c10-9 16-19 23-33h-14c9-9 15-17 21-29h-8C-10-74-5-83 0-96Z" />
        </symbol>
      </defs>
      <rect width="1440" height="560" fill="url(#sky)" />
      <circle cx="930" cy="236" r="430" fill="url(#sun)" />
      <circle cx="930" cy="236" r="38" className={styles.disc} />
      <path
        fill="url(#far)"
        d="m0 356 74-38 62 22 88-70 50 36 60-22 96 64 84-52 62 36 118-134 38 32 52-70 70 88 44-24 86 96 92-60 66 34 104-88 56 50 52-22 86 70v256H0Z"
      />
      <path
        className={styles.snow}
        d="m752 203 32-43 38 48-16-10-9 16-13-14-14 16-8-16Zm464 28 30-25 30 27-14-5-10 12-12-12-10 10-4-10Z"
      />
      <path
        fill="url(#mid)"
        d="M0 398c70-40 132-46 196-22s106 18 172-14 128-34 190-4 96 40 168 20 130-54 204-38 116 44 190 26 122-46 186-30 94 36 134 30v200H0Z"
      />
      <path fill="url(#lake)" d="M0 446h1440v60H0Z" />
      <ellipse className={styles.shine} cx="930" cy="464" rx="170" ry="9" />
      <g className={styles.backPine}>
        {BACK_PINES.map(([x, y, size]) => (
          <use
            key={x}
            href="#pine"
            x="-40"
            y="-100"
            width="80"
            height="106"
            transform={`translate(${x} ${y}) scale(${size})`}
          />
        ))}
      </g>
      <path className={styles.meadow} d="M0 488c180-34 380-24 600-8s520-20 840-10v90H0Z" />
      <ellipse cx="760" cy="486" rx="220" ry="92" fill="url(#glow)" />
      <g>
        <path fill="url(#canvas)" d="M646 512c22-62 62-108 112-120 54 14 98 60 120 120Z" />
        <path fill="#b54f1d" d="M758 392c54 14 98 60 120 120h-78c-4-46-18-88-42-120Z" />
        <path fill="#ffe6b4" d="M758 392c-26 32-36 76-38 120h60c0-44-6-86-22-120Z" />
        <path fill="#e58a3f" d="M758 392c-14 34-20 78-18 120h-20c2-44 12-88 38-120Z" />
        <path
          fill="none"
          stroke="#7c3614"
          strokeWidth="2.500"
          d="M646 512c22-62 62-108 112-120 54 14 98 60 120 120"
        />
        <path className={styles.guy} d="m664 470-48 46m240-46 50 46" />
      </g>
      <g className={styles.frontPine}>
        {FRONT_PINES.map(([x, y, size]) => (
          <use
            key={x}
            href="#pine"
            x="-40"
            y="-100"
            width="80"
            height="106"
            transform={`translate(${x} ${y}) scale(${size})`}
          />
        ))}
      </g>
      <path className={styles.fore} d="M0 540c240-26 540-16 800-8s440-16 640-2v30H0Z" />
    </svg>
  );
}
