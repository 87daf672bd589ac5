import { useEffect, useState } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import { AskList } from './ask-list';
import { Icon } from './icon';
import { addTexts } from './texts';
import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

/** What files that are loaded later find here instead of having it twice: by the name under which they import it. */
export function shareParts(): void {
  Object.assign(globalThis, {
    batonParts: {
      react: { useEffect, useState },
      'react/jsx-runtime': { Fragment, jsx, jsxs },
      './ask-list': { AskList },
      './icon': { Icon },
      './texts': { addTexts },
      './use-focus-when-asked': { useFocusWhenAsked },
      './use-widget': { useVisitor, useWidget },
    },
  });
}
