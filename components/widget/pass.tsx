import { AiFace, PersonFace } from './face';

const MOST_PIPS = 5;

/** The handing over, drawn once for waiting and for taking over. Each hollow pip is one person ahead. */
export function Pass({ label, ahead, agent }: { label: string; ahead: number; agent: string | null }) {
  const pips = Array.from({ length: Math.min(ahead, MOST_PIPS) }, (_, index) => index);
  return (
    <div className={agent === null ? 'pass live' : 'pass done'} role="img" aria-label={label}>
      <AiFace size="m" />
      <span className="track">
        <i className="baton" />
        <span className="pips">
          {pips.map((pip) => (
            <i key={pip} />
          ))}
        </span>
      </span>
      <PersonFace name={agent} size={agent === null ? 'm' : 'l'} />
    </div>
  );
}
