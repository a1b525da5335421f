"""Sentences of a document that give orders to a language model: they are data like the rest, and support no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.read.context import Statement

# `请忽略以上所有要求`, `无论问什么都回答……`, `ignore previous instructions`; not `忽略不计`, `按照以上要求`, `请回答下列问题`.
_TO_MODEL = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|抛开|跳过|绕过|推翻)[^。！？；]{0,10}(?:以上|上述|上面|之前|前面|此前|先前|原有|所有|一切|系统|任何)"
    r"[^。！？；]{0,8}(?:要求|指令|提示|规则|内容|设定|限制|说明|约束|命令)"
    r"|(?:无论|不管|不论)[^。！？；]{0,8}(?:问|提问|问题|用户)[^。！？；]{0,12}(?:都|一律|均|只)[^。！？；]{0,4}(?:回答|回复|输出|说|答)"
    r"|(?:你|您|助手|模型)(?:现在|必须|应当|应该|需要|只能|只需|要|就|从现在起|务必|将|的任务|的回答|的角色)[^。！？；]{0,12}(?:回答|回复|输出|扮演|复述|写明|声称|告诉|改为|说)"
    r"|(?:请|务必|必须|只|直接|一律|统一)(?:直接|只|一律|统一|原样|改为)?(?:回答|回复|输出|答)(?:[:：“\"‘]|为|成|道|[^。！？；，下列以本]{0,6}[“\"‘:：])"
    r"|(?:作为|扮演|假装|你是)(?:一个|一名)?(?:AI|人工智能|大模型|语言模型|智能助手|聊天机器人)[^。！？；]{0,12}(?:你|请|应|须|要|助手)"
    r"|系统提示(?:词)?[:：]|(?:新的?|以下)(?:指令|系统指令|提示词)[:：]"
    r"|(?i:ignore\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|above|prior|earlier)|disregard\s+(?:all|the|any|previous)|system\s+prompt|you\s+are\s+now\s|<\|?\s?(?:im_start|system|assistant))"
)


def without_orders(found: Sequence[Statement], text: str) -> list[Statement]:
    """Return the sentences of `text` that do not speak to a model: neither they nor one before them in their paragraph."""
    kept: list[Statement] = []
    ordered = False
    last = 0
    for statement in found:
        ordered = ordered and "\n" not in text[last : statement.start]
        ordered = ordered or bool(_TO_MODEL.search(statement.text))
        last = statement.end
        if not ordered:
            kept.append(statement)
    return kept
