import { asc, isNull } from 'drizzle-orm';
import type { Database } from '../client';
import { teamMembers, teams, users } from '../schema/users';
import { widgets } from '../schema/widgets';

/** Everyone who may sign in, the teams in their order, the widgets. */
export async function readDirectory(db: Database) {
  const [people, members, teamRows, widgetRows] = await Promise.all([
    db.orm
      .select({ id: users.id, name: users.name, email: users.email, role: users.role })
      .from(users)
      .where(isNull(users.disabledAt))
      .orderBy(asc(users.name)),
    db.orm.select().from(teamMembers),
    db.orm.select({ id: teams.id, name: teams.name }).from(teams).orderBy(asc(teams.position)),
    db.orm
      .select({
        id: widgets.id,
        key: widgets.key,
        shopName: widgets.shopName,
        botName: widgets.botName,
        currency: widgets.currency,
        locale: widgets.locale,
        allowedOrigins: widgets.allowedOrigins,
        theme: widgets.theme,
        texts: widgets.texts,
        suggestions: widgets.suggestions,
        teamId: widgets.teamId,
        seenOn: widgets.seenOn,
      })
      .from(widgets)
      .orderBy(asc(widgets.createdAt)),
  ]);
  return {
    agents: people.map((person) => ({
      ...person,
      teamIds: members.filter((member) => member.userId === person.id).map((member) => member.teamId),
    })),
    teams: teamRows,
    widgets: widgetRows,
  };
}
