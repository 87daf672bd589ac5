import { SKILL_LEVELS, type SkillLevel } from '@/lib/domain/routable-agent';

/** Three bars, as many lit as the level. */
export function SkillLevelMark({ level }: { level: SkillLevel }) {
  return (
    <span className="level" role="img" aria-label={`level ${level} of ${SKILL_LEVELS.length}`}>
      {SKILL_LEVELS.map((each) => (
        <i key={each} className={each <= level ? 'on' : undefined} />
      ))}
    </span>
  );
}
