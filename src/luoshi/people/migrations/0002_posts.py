import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPost",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("since", models.DateField(verbose_name="自")),
                (
                    "since_known",
                    models.CharField(
                        choices=[
                            ("day", "确切到日"),
                            ("year", "只知年份"),
                            ("record", "记载自此开始"),
                            ("assumed", "推定"),
                        ],
                        default="day",
                        max_length=8,
                        verbose_name="起始日",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "until_known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "确切到日"),
                            ("year", "只知年份"),
                            ("record", "记载自此开始"),
                            ("assumed", "推定"),
                        ],
                        max_length=8,
                        verbose_name="终止日",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "管理员"),
                            ("supervisor", "督查员"),
                            ("leader", "领导"),
                            ("clerk", "承办人"),
                            ("verifier", "核查员"),
                            ("observer", "观察员"),
                        ],
                        max_length=13,
                        verbose_name="角色",
                    ),
                ),
                (
                    "all_lines",
                    models.BooleanField(
                        default=False,
                        help_text="综合部门（如政府办公室）的督查员、领导须勾选。",
                        verbose_name="全部条线",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="places.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 职务",
                "verbose_name_plural": "historical 职务",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Login",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("password", "密码"),
                            ("totp", "动态口令"),
                            ("recovery", "恢复码"),
                            ("oidc", "单点登录"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ok", "成功"),
                            ("wrong", "用户名、密码或口令错误"),
                            ("inactive", "已停用"),
                            ("too_many", "尝试过多"),
                        ],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="网络地址的加盐散列，同一地址标记相同。", max_length=16, verbose_name="来源标记"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="logins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={
                "verbose_name": "登录记录",
                "verbose_name_plural": "登录记录",
                "ordering": ("-at",),
            },
            managers=[
                ("unguarded", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="自")),
                (
                    "since_known",
                    models.CharField(
                        choices=[
                            ("day", "确切到日"),
                            ("year", "只知年份"),
                            ("record", "记载自此开始"),
                            ("assumed", "推定"),
                        ],
                        default="day",
                        max_length=8,
                        verbose_name="起始日",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="至（不含）")),
                (
                    "until_known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "确切到日"),
                            ("year", "只知年份"),
                            ("record", "记载自此开始"),
                            ("assumed", "推定"),
                        ],
                        max_length=8,
                        verbose_name="终止日",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "管理员"),
                            ("supervisor", "督查员"),
                            ("leader", "领导"),
                            ("clerk", "承办人"),
                            ("verifier", "核查员"),
                            ("observer", "观察员"),
                        ],
                        max_length=13,
                        verbose_name="角色",
                    ),
                ),
                (
                    "all_lines",
                    models.BooleanField(
                        default=False,
                        help_text="综合部门（如政府办公室）的督查员、领导须勾选。",
                        verbose_name="全部条线",
                    ),
                ),
                (
                    "lines",
                    models.ManyToManyField(
                        blank=True,
                        help_text="不选则为单位本身的条线。",
                        related_name="posts",
                        to="places.line",
                        verbose_name="条线",
                    ),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        blank=True,
                        help_text="代行哪一职务；权限随该职务，该职务终止即失效。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="people.post",
                        verbose_name="代班（AB角）",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="places.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "职务",
                "verbose_name_plural": "职务",
                "ordering": ("unit__key", "role", "user__username", "since"),
                "abstract": False,
            },
            managers=[
                ("unguarded", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalPost_lines",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="people.historicalpost"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="places.line",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalPost_lines",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="historicalpost",
            name="stands_in_for",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="代行哪一职务；权限随该职务，该职务终止即失效。",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.post",
                verbose_name="代班（AB角）",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                name="people_post_ends_after_it_begins",
                violation_error_message="终止日须晚于起始日。",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands_in_for__isnull", True)),
                fields=("user", "role", "unit", "since"),
                name="people_one_such_post_begins_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("user", "stands_in_for", "since"), name="people_one_such_stand_in_begins_a_day"
            ),
        ),
    ]
