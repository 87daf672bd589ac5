import type { ReactNode } from 'react';

const ART = {
  ridgeline: (
    <>
      <path fill="#7f9c6f" d="M26 168c14-48 42-82 76-92 38 10 66 44 78 92Z" />
      <path fill="#5a7a4f" d="M102 76c38 10 66 44 78 92h-50c-2-36-12-68-28-92Z" />
      <path fill="#f3e5c5" d="M102 76c-18 26-25 58-26 92h40c0-34-4-66-14-92Z" />
      <path fill="#a9c094" d="M102 76c-10 28-14 60-12 92H76c1-34 8-66 26-92Z" />
      <path fill="none" stroke="#5b5a4a" strokeWidth="1.500" d="m40 140-24 30m150-30 22 30" />
    </>
  ),
  halla: (
    <>
      <path fill="#d9a54a" d="M14 168c2-50 24-86 62-90h52c36 4 56 40 60 90Z" />
      <path fill="#b9822f" d="M128 78c36 4 56 40 60 90h-50c2-36-2-66-10-90Z" />
      <path fill="#f5ead2" d="M76 78c-14 28-18 58-16 90h44c2-34-4-64-12-90Z" />
      <path
        fill="none"
        stroke="#8a5d1c"
        strokeWidth="2"
        d="M76 78c-14 28-18 58-16 90m68-90c8 24 12 54 10 90"
      />
      <path fill="none" stroke="#6b6048" strokeWidth="1.500" d="m20 138-14 32m174-30 14 30" />
      <rect x="144" y="108" width="22" height="16" rx="4" fill="#f5ead2" />
    </>
  ),
  pack: (
    <>
      <path fill="none" stroke="#7a3b22" strokeWidth="5" d="M78 46c0-16 44-16 44 0" />
      <rect x="46" y="98" width="16" height="48" rx="8" fill="#8c4423" />
      <rect x="138" y="98" width="16" height="48" rx="8" fill="#8c4423" />
      <rect x="56" y="48" width="88" height="116" rx="28" fill="#c7693b" />
      <path fill="#a9522a" d="M56 78c0-20 13-32 30-32h28c17 0 30 12 30 32v8c-28 11-60 11-88 0Z" />
      <rect x="68" y="108" width="64" height="44" rx="13" fill="#da8352" />
      <path fill="none" stroke="#a9522a" strokeWidth="2.500" d="M68 121h64" />
      <path stroke="#f2d9b8" strokeWidth="4" strokeLinecap="round" d="M82 80v24m36-24v24" />
    </>
  ),
  bag: (
    <>
      <path
        fill="#3f6e8c"
        d="M62 170c-11-40-11-94 7-116 13-18 49-18 62 0 18 22 18 76 7 116-5 12-71 12-76 0Z"
      />
      <path fill="#23455c" d="M73 74c0-34 54-34 54 0 0 24-54 24-54 0Z" />
      <path fill="#f2d9b8" d="M81 76c0-21 38-21 38 0 0 13-38 13-38 0Z" />
      <path
        fill="none"
        stroke="#6c9bb8"
        strokeWidth="3"
        d="M57 106c27 9 59 9 86 0m-86 24c27 9 59 9 86 0m-83 22c25 8 55 8 80 0"
      />
      <path stroke="#23455c" strokeWidth="2.500" d="M100 94v85" />
    </>
  ),
  stove: (
    <>
      <path
        fill="none"
        stroke="#aeb4be"
        strokeWidth="3.500"
        strokeLinecap="round"
        d="M88 48c-4-8 6-11 2-21m20 21c-4-8 6-11 2-21"
      />
      <path fill="#6b7280" d="M62 66h76v48a15 15 0 0 1-15 15H77a15 15 0 0 1-15-15Z" />
      <path fill="#4b5563" d="M56 60h88v10H56Z" />
      <path stroke="#374151" strokeWidth="7" strokeLinecap="round" d="M138 80h26" />
      <path fill="#f2a541" d="M100 131c13 9 11 23 0 27-11-4-13-18 0-27Z" />
      <rect x="76" y="156" width="48" height="15" rx="5" fill="#a9522a" />
      <path fill="#d9cfc0" d="M26 138h30v22a10 10 0 0 1-10 10H36a10 10 0 0 1-10-10Z" />
      <path fill="none" stroke="#b7aa96" strokeWidth="4" d="M56 144h4a6 6 0 0 1 0 14h-5" />
    </>
  ),
  shell: (
    <>
      <path fill="#39715c" d="M64 52 40 70l-16 76 22 6 14-46v66h80v-66l14 46 22-6-16-76-24-18-16-8H80Z" />
      <path fill="#2a5646" d="M80 44c0-18 40-18 40 0l6 6c-6 16-46 16-52 0Z" />
      <path fill="#1d4034" d="M86 50c2-10 26-10 28 0 0 9-28 9-28 0Z" />
      <path stroke="#e9b65d" strokeWidth="3" strokeLinecap="round" d="M100 62v108" />
      <path stroke="#2a5646" strokeWidth="3" strokeLinecap="round" d="m70 128 16 12m44-12-16 12" />
      <path fill="#e9b65d" d="M120 88h12v5h-12Z" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type ArtName = keyof typeof ART;

export function ProductArt({ name }: { name: ArtName }) {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true">
      <ellipse cx="100" cy="172" rx="68" ry="7" opacity=".12" />
      {ART[name]}
    </svg>
  );
}
