'use client';

import { useEffect, useRef } from 'react';

export interface Shortcut {
  /** `c`, `Shift+C`, `Mod+Enter`, `Alt+1`, or two keys in a row: `g p`. Letters follow the layout, digits the key. */
  keys: string;
  run: () => void;
  /** Works while typing too. Single letters never do. */
  whileTyping?: boolean;
}

const SEQUENCE_MS = 1200;
const SWITCH = 'baton:single-keys';

export function singleKeysAreOn(): boolean {
  return window.localStorage.getItem(SWITCH) !== 'off';
}

export function switchSingleKeys(on: boolean): void {
  window.localStorage.setItem(SWITCH, on ? 'on' : 'off');
}

/** Listens while the component is shown. Ignores the keyboard while somebody composes with an input method. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const held = useRef(shortcuts);
  held.current = shortcuts;
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      const key = nameOf(event);
      const typing = isEditable(event.target);
      const before = first && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
      first = null;
      const sequence = before ? `${before} ${key}` : null;
      const found = held.current.find(
        (shortcut) =>
          (shortcut.keys === sequence || shortcut.keys === key) &&
          (!typing || shortcut.whileTyping === true) &&
          (isChord(shortcut.keys) || singleKeysAreOn()),
      );
      if (found) {
        event.preventDefault();
        found.run();
      } else if (!typing && held.current.some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
        first = { key, at: event.timeStamp };
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isChord(keys: string): boolean {
  return /^(Mod|Alt)\+/.test(keys) || keys === 'Escape';
}

function nameOf(event: KeyboardEvent): string {
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  // With Alt a Mac writes another letter.
  const letter = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() : undefined;
  const key = digit ?? letter ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const parts = [];
  if (event.metaKey || event.ctrlKey) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && key !== '?' && !digit) parts.push('Shift');
  const shown = event.shiftKey && key.length === 1 ? key.toUpperCase() : key;
  return [...parts, shown].join('+');
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
