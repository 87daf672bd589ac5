import { type ComponentChild, options, render } from 'preact';

/** What the widget needs of React, from Preact alone: its build puts this in the place of `react` and `react-dom/client`. */
export { createContext } from 'preact';
export * from 'preact/hooks';

// An event of React holds the browser's own.
options.event = (event) => Object.assign(event, { nativeEvent: event });

export function createRoot(container: Element): { render(children: ComponentChild): void } {
  return { render: (children) => render(children, container) };
}
