"""What is acknowledged, and whom one calls, has one name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissuasion", "0026_settled"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "device receipt"),
                    ("acknowledge", "acknowledge"),
                    ("decline", "decline"),
                    ("depart", "depart"),
                    ("contact", "called the resident"),
                    ("arrive", "arrive"),
                    ("visit", "visit"),
                    ("note", "note"),
                    ("correction", "correction"),
                    ("all_right", "still all right"),
                    ("help", "asks for help"),
                    ("resolve", "dealt with"),
                    ("undone", "taken back before it was sent"),
                ],
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="attention",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nothing"),
                    ("shortfall", "nobody can go"),
                    ("unanswered", "not acknowledged by the chosen person"),
                    ("returned", "came back from the door"),
                    ("recalled", "recalled by the desk"),
                    ("overdue", "a deadline has passed"),
                    ("needs_officer", "needs a police officer"),
                    ("flagged", "a record needs a decision"),
                    ("no_messages", "may not be written to"),
                    ("officer_safety", "an officer may need help"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("heard", "warning received"),
                    ("joined", "further warning joined"),
                    ("opened", "case opened"),
                    ("judged", "level judged"),
                    ("risk_set", "level set by the desk"),
                    ("assigned", "assigned"),
                    ("shortfall", "nobody can go"),
                    ("shown", "shown on the phone"),
                    ("acknowledged", "acknowledged"),
                    ("declined", "declined"),
                    ("lapsed", "not acknowledged in time"),
                    ("stood_down", "need not go: somebody else does"),
                    ("rung", "nobody acknowledges: next rung"),
                    ("overdue", "deadline passed"),
                    ("late", "not acted on in time by the server"),
                    ("recalled", "recalled"),
                    ("departed", "set out"),
                    ("contacted", "resident called"),
                    ("arrived", "arrived"),
                    ("visited", "visit recorded"),
                    ("corrected", "record corrected"),
                    ("all_right", "says that all is right"),
                    ("safety", "silent on scene"),
                    ("help", "asks for help"),
                    ("resolved", "dealt with by the officer"),
                    ("called", "called by the hotline"),
                    ("reminder", "reminder visit asked for"),
                    ("noted", "note"),
                    ("flagged", "record flagged"),
                    ("cleared", "cleared"),
                    ("monitored", "monitoring"),
                    ("returned", "back to the desk"),
                    ("closed", "closed"),
                    ("decided", "decided by the desk"),
                    ("reopened", "opened again"),
                    ("settled", "triage settled"),
                    ("replied", "answer to a message"),
                    ("no_messages", "no more messages"),
                    ("messages_again", "messages allowed again"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("visit", "a visit to acknowledge"),
                    ("unanswered", "nobody acknowledges"),
                    ("shortfall", "nobody can go"),
                    ("overdue", "a deadline has passed"),
                    ("warning", "warning to a resident"),
                ],
                max_length=12,
            ),
        ),
    ]
