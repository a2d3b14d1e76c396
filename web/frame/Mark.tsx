/** Three columns of a board. */
export const Mark = ({ size = 20 }: { size?: number }) => (
  <svg className="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden>
    <rect width="32" height="32" rx="8" fill="var(--accent)" />
    <g fill="var(--on-accent)">
      <rect x="7" y="8" width="5" height="16" rx="1.5" />
      <rect x="13.5" y="8" width="5" height="11" rx="1.5" />
      <rect x="20" y="8" width="5" height="6" rx="1.5" />
    </g>
  </svg>
)
