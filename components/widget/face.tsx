import { initials } from './format';
import { Icon } from './icon';

type Size = '' | 'm' | 'l' | 'xs';

/** People are round, the AI is a rounded square. */
export function AiFace({ size = '' }: { size?: Size }) {
  return (
    <span className={`av ai ${size}`} aria-hidden="true">
      <Icon name="leaf" />
    </span>
  );
}

export function PersonFace({ name, size = '' }: { name: string | null; size?: Size }) {
  return (
    <span className={`av person ${size}`} aria-hidden="true">
      {name === null ? <Icon name="people" /> : initials(name)}
    </span>
  );
}

export function Face({ person, size = '' }: { person: string | null; size?: Size }) {
  return person === null ? <AiFace size={size} /> : <PersonFace name={person} size={size} />;
}
