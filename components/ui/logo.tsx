export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <g transform="rotate(38 10 10)">
        <path d="M7 10V4a3 3 0 0 1 6 0v6Z" fill="var(--accent)" />
        <path d="M7 11v5a3 3 0 0 0 6 0v-5Z" fill="var(--ai)" opacity=".45" />
      </g>
    </svg>
  );
}
