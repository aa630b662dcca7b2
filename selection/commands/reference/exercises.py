"""What the first selection standard looks for: three exercises, ten competencies, and the behaviours that show them."""

from dataclasses import dataclass

from selection.rules.standards import ExerciseKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """A competency: the behaviours that show it, and those that speak against it."""

    title: str
    description: str
    shows: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Set:
    """An exercise as it is set to the candidate."""

    kind: ExerciseKind
    title: str
    brief: str
    minutes: int
    sought: tuple[Sought, ...]


ROLE_PLAY = Set(
    kind=ExerciseKind.ROLE_PLAY,
    title="Role play",
    brief="The candidate meets a group member, played by a trained actor, who plays down what he did and would rather"
    " talk about something else. After fifteen minutes an assessor gives one piece of feedback, and the candidate"
    " plays the last part again.",
    minutes=30,
    sought=(
        Sought(
            title="Empathy and warmth",
            description="Shows the group member that he is heard and respected as a person, whatever he has done.",
            shows=(
                "Listens without interrupting, and shows it in face, posture and tone.",
                "Names what the group member seems to feel, and checks whether it is so.",
                "Keeps the person apart from the behaviour in the words chosen.",
                "Says something genuine about an effort or a strength.",
            ),
            speaks_against=(
                "Sounds disgusted, sarcastic or bored.",
                "Comforts in a way that excuses the offending.",
            ),
        ),
        Sought(
            title="Directiveness and challenge",
            description="Leads the conversation where it must go, and questions what does not hold, without a fight.",
            shows=(
                "Brings the conversation back to its purpose when it is led astray.",
                "Asks open questions that invite the group member to look at his own part.",
                "Points to a contradiction calmly and with an example of what was said.",
                "Sets a limit in a clear and friendly way when one is needed.",
            ),
            speaks_against=(
                "Argues, lectures or tries to win.",
                "Lets minimising or blaming of the victim pass without a word.",
            ),
        ),
        Sought(
            title="Response to feedback",
            description="Takes in what an assessor says half-way, and does something with it.",
            shows=(
                "Hears the feedback out, and asks where something is unclear.",
                "Says in their own words what they will try differently.",
                "Does differently in the second part what the feedback was about.",
                "Afterwards says fairly what went better and what did not.",
            ),
            speaks_against=(
                "Defends or explains away what was said.",
                "Plays the second part as if nothing had been said.",
            ),
        ),
    ),
)

PRESENTATION = Set(
    kind=ExerciseKind.PRESENTATION,
    title="Presentation",
    brief="The candidate has prepared ten minutes on a topic that was sent a week ahead, such as how a thought leads to"
    " a choice, for an audience of group members. The assessors sit as the audience and ask questions for five"
    " minutes.",
    minutes=20,
    sought=(
        Sought(
            title="Clear explanation",
            description="Makes an idea plain to people with different ways of learning.",
            shows=(
                "Says at the start what it is about and why it matters to the listeners.",
                "Uses everyday words, and explains the few terms that are needed.",
                "Makes the main idea clear with an example, a picture or a comparison.",
                "Sums up, so that the main point stays.",
            ),
            speaks_against=(
                "Loses the thread, or gives so much that the main point is lost.",
                "Reads out what was written.",
            ),
        ),
        Sought(
            title="Preparation",
            description="Has thought beforehand about the topic, the listeners and the time.",
            shows=(
                "Keeps to the time, with a beginning, a middle and an end.",
                "Brings material that fits the listeners and works in the room.",
                "Has the facts of the topic right.",
                "Has thought about where listeners may find it hard, and is ready for that.",
            ),
            speaks_against=(
                "Makes it up on the spot, or runs out of material or of time.",
                "Cannot answer a plain question on the topic.",
            ),
        ),
        Sought(
            title="Engaging the audience",
            description="Gets listeners to think and take part, and keeps hold of the room.",
            shows=(
                "Looks at the listeners, and notices when somebody is lost.",
                "Asks questions that make listeners think, and waits for the answers.",
                "Takes up what a listener says, and works with it.",
                "Answers a difficult question without talking down.",
            ),
            speaks_against=(
                "Talks at the audience from start to end.",
                "Puts a listener down, or lets one take over.",
            ),
        ),
    ),
)

FORMAL_INTERVIEW = Set(
    kind=ExerciseKind.FORMAL_INTERVIEW,
    title="Formal interview",
    brief="Two assessors ask every candidate the same questions in the same order, each about something that the"
    " candidate has done or would do, and follow up until they know what it was and what came of it.",
    minutes=45,
    sought=(
        Sought(
            title="Knowledge",
            description="Knows what helps people to stop offending, and what the work of a facilitator is.",
            shows=(
                "Explains risk, need and responsivity in their own words, and what follows from them for a group.",
                "Knows what a structured programme asks of who delivers it, and why it is delivered as written.",
                "Describes how denial and minimising can be worked with.",
                "Says where their knowledge ends, and how they would find out.",
            ),
            speaks_against=(
                "States myths about sexual offending or its victims as facts.",
                "Sees treatment as something that is done to people.",
            ),
        ),
        Sought(
            title="Values and attitudes",
            description="Believes that people can change, holds them to account, and keeps victims in mind.",
            shows=(
                "Speaks of people who have offended as people who can change.",
                "Keeps the harm to victims in view without being asked.",
                "Gives an example of putting a belief of their own to the test.",
                "Says openly what they find hard about this work.",
            ),
            speaks_against=(
                "Wants to punish or to rescue.",
                "Shares a view that excuses sexual offending, or blames who suffered it.",
            ),
        ),
        Sought(
            title="Resilience",
            description="Stays well and steady in work that is hard to hear, and uses the support that there is.",
            shows=(
                "Notices in themselves the signs that work is weighing on them.",
                "Gives an example of a setback, and of what they did next.",
                "Uses supervision and colleagues before it is too late.",
                "Keeps work and life apart in ways that work for them.",
            ),
            speaks_against=(
                "Says that nothing ever touches them.",
                "Would carry on alone rather than tell a supervisor.",
            ),
        ),
        Sought(
            title="Diversity",
            description="Makes the work fit people who differ, and sees where their own background colours their view.",
            shows=(
                "Gives an example of changing how they worked so that somebody could take part.",
                "Asks people about themselves rather than assuming.",
                "Knows how age, culture, faith, disability or sexuality can matter in a group.",
                "Would act, and says how, when a group member or a colleague is demeaned.",
            ),
            speaks_against=(
                "Treats everybody the same and calls that fair.",
                "Speaks of a group of people as if they were all alike.",
            ),
        ),
    ),
)

EXERCISES = (ROLE_PLAY, PRESENTATION, FORMAL_INTERVIEW)
