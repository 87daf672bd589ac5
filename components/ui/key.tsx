/** A key of the keyboard, as a hint beside what it does. */
export function Key({ children, bare = false }: { children: string; bare?: boolean }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus
    <kbd className={bare ? 'bare' : undefined} aria-hidden="true">
      {children}
    </kbd>
  );
}
