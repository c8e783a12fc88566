"""The Bot API's methods: parameters of the modelled ones, names of the others.

One line a method: `name:type`, with `!` when it is required. Types: `int`, `str`, `bool`, `float`,
`id` (a number or @username), `file` (an upload or a string), `list`, `object`. Checked against the
Bot API's reference, version 10.1; the ephemeral methods are those of 10.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.emulator.parameters import Arguments

_MODELLED = """
getMe
getUpdates offset:int limit:int timeout:int allowed_updates:list
setWebhook url:str! certificate:file ip_address:str max_connections:int allowed_updates:list
    drop_pending_updates:bool secret_token:str
deleteWebhook drop_pending_updates:bool
getWebhookInfo
logOut
close
sendMessage business_connection_id:str chat_id:id! message_thread_id:int
    direct_messages_topic_id:int text:str! parse_mode:str entities:list link_preview_options:object
    disable_notification:bool protect_content:bool allow_paid_broadcast:bool message_effect_id:str
    suggested_post_parameters:object reply_parameters:object reply_markup:object
    ephemeral_message_parameters:object
editMessageText business_connection_id:str chat_id:id message_id:int inline_message_id:str text:str
    parse_mode:str entities:list link_preview_options:object rich_message:object reply_markup:object
editMessageReplyMarkup business_connection_id:str chat_id:id message_id:int inline_message_id:str
    reply_markup:object
editMessageCaption business_connection_id:str chat_id:id message_id:int inline_message_id:str
    caption:str parse_mode:str caption_entities:list show_caption_above_media:bool
    reply_markup:object
editMessageMedia business_connection_id:str chat_id:id message_id:int inline_message_id:str
    media:object! reply_markup:object
deleteMessage chat_id:id! message_id:int!
deleteMessages chat_id:id! message_ids:list!
answerCallbackQuery callback_query_id:str! text:str show_alert:bool url:str cache_time:int
sendChatAction business_connection_id:str chat_id:id! message_thread_id:int action:str!
sendPhoto business_connection_id:str chat_id:id! message_thread_id:int direct_messages_topic_id:int
    photo:file! caption:str parse_mode:str caption_entities:list show_caption_above_media:bool
    has_spoiler:bool disable_notification:bool protect_content:bool allow_paid_broadcast:bool
    message_effect_id:str suggested_post_parameters:object reply_parameters:object
    reply_markup:object
    ephemeral_message_parameters:object
sendDocument business_connection_id:str chat_id:id! message_thread_id:int
    direct_messages_topic_id:int document:file! thumbnail:file caption:str parse_mode:str
    caption_entities:list disable_content_type_detection:bool disable_notification:bool
    protect_content:bool allow_paid_broadcast:bool message_effect_id:str
    suggested_post_parameters:object reply_parameters:object reply_markup:object
    ephemeral_message_parameters:object
sendSticker business_connection_id:str chat_id:id! message_thread_id:int
    direct_messages_topic_id:int sticker:file! emoji:str disable_notification:bool
    protect_content:bool allow_paid_broadcast:bool message_effect_id:str
    suggested_post_parameters:object reply_parameters:object reply_markup:object
    ephemeral_message_parameters:object
sendLocation business_connection_id:str chat_id:id! message_thread_id:int
    direct_messages_topic_id:int latitude:float! longitude:float! horizontal_accuracy:float
    live_period:int heading:int proximity_alert_radius:int disable_notification:bool
    protect_content:bool allow_paid_broadcast:bool message_effect_id:str
    suggested_post_parameters:object reply_parameters:object reply_markup:object
    ephemeral_message_parameters:object
getFile file_id:str!
sendPoll business_connection_id:str chat_id:id! message_thread_id:int question:str!
    question_parse_mode:str question_entities:list options:list! is_anonymous:bool type:str
    allows_multiple_answers:bool allows_revoting:bool shuffle_options:bool allow_adding_options:bool
    hide_results_until_closes:bool members_only:bool country_codes:list correct_option_ids:list
    explanation:str explanation_parse_mode:str explanation_entities:list explanation_media:object
    open_period:int close_date:int is_closed:bool description:str description_parse_mode:str
    description_entities:list media:object disable_notification:bool protect_content:bool
    allow_paid_broadcast:bool message_effect_id:str reply_parameters:object reply_markup:object
stopPoll business_connection_id:str chat_id:id! message_id:int! reply_markup:object
setMyCommands commands:list! scope:object language_code:str
getMyCommands scope:object language_code:str
deleteMyCommands scope:object language_code:str
setMyName name:str language_code:str
getMyName language_code:str
setMyDescription description:str language_code:str
getMyDescription language_code:str
setMyShortDescription short_description:str language_code:str
getMyShortDescription language_code:str
setChatMenuButton chat_id:int menu_button:object
getChatMenuButton chat_id:int
setMyDefaultAdministratorRights rights:object for_channels:bool
getMyDefaultAdministratorRights for_channels:bool
getChat chat_id:id!
getChatMember chat_id:id! user_id:int!
getChatMemberCount chat_id:id!
getChatAdministrators chat_id:id! return_bots:bool
leaveChat chat_id:id!
pinChatMessage business_connection_id:str chat_id:id! message_id:int! disable_notification:bool
unpinChatMessage business_connection_id:str chat_id:id! message_id:int
unpinAllChatMessages chat_id:id!
forwardMessage chat_id:id! message_thread_id:int direct_messages_topic_id:int from_chat_id:id!
    video_start_timestamp:int disable_notification:bool protect_content:bool message_effect_id:str
    suggested_post_parameters:object message_id:int!
copyMessage chat_id:id! message_thread_id:int direct_messages_topic_id:int from_chat_id:id!
    message_id:int! video_start_timestamp:int caption:str parse_mode:str caption_entities:list
    show_caption_above_media:bool disable_notification:bool protect_content:bool
    allow_paid_broadcast:bool message_effect_id:str suggested_post_parameters:object
    reply_parameters:object reply_markup:object
setMessageReaction chat_id:id! message_id:int! reaction:list is_big:bool
createForumTopic chat_id:id! name:str! icon_color:int icon_custom_emoji_id:str
closeForumTopic chat_id:id! message_thread_id:int!
reopenForumTopic chat_id:id! message_thread_id:int!
editForumTopic chat_id:id! message_thread_id:int! name:str icon_custom_emoji_id:str
deleteForumTopic chat_id:id! message_thread_id:int!
deleteEphemeralMessage chat_id:id! receiver_user_id:int! ephemeral_message_id:int!
editEphemeralMessageText chat_id:id! receiver_user_id:int! ephemeral_message_id:int! text:str!
    parse_mode:str entities:list link_preview_options:object reply_markup:object
editEphemeralMessageReplyMarkup chat_id:id! receiver_user_id:int! ephemeral_message_id:int!
    reply_markup:object
"""

_OTHERS = """
addStickerToSet answerChatJoinRequestQuery answerGuestQuery answerInlineQuery answerPreCheckoutQuery
answerShippingQuery answerWebAppQuery approveChatJoinRequest approveSuggestedPost banChatMember
banChatSenderChat closeGeneralForumTopic convertGiftToStars copyMessages createChatInviteLink
createChatSubscriptionInviteLink createInvoiceLink createNewStickerSet declineChatJoinRequest
declineSuggestedPost deleteAllMessageReactions deleteBusinessMessages deleteChatPhoto
deleteChatStickerSet deleteMessageReaction deleteStickerFromSet deleteStickerSet deleteStory
editChatInviteLink editChatSubscriptionInviteLink editGeneralForumTopic editMessageChecklist
editMessageLiveLocation editStory editUserStarSubscription exportChatInviteLink forwardMessages
getAvailableGifts getBusinessAccountGifts getBusinessAccountStarBalance getBusinessConnection
getChatGifts getCustomEmojiStickers getForumTopicIconStickers getGameHighScores
getManagedBotAccessSettings getManagedBotToken getMyStarBalance getStarTransactions getStickerSet
getUserChatBoosts getUserGifts getUserPersonalChatMessages getUserProfileAudios getUserProfilePhotos
giftPremiumSubscription hideGeneralForumTopic postStory promoteChatMember readBusinessMessage
refundStarPayment removeBusinessAccountProfilePhoto removeChatVerification removeMyProfilePhoto
removeUserVerification reopenGeneralForumTopic replaceManagedBotToken replaceStickerInSet
repostStory restrictChatMember revokeChatInviteLink savePreparedInlineMessage
savePreparedKeyboardButton sendAnimation sendAudio sendChatJoinRequestWebApp sendChecklist
sendContact sendDice sendGame sendGift sendInvoice sendLivePhoto sendMediaGroup sendMessageDraft
sendPaidMedia sendRichMessage sendRichMessageDraft sendVenue sendVideo sendVideoNote sendVoice
setBusinessAccountBio setBusinessAccountGiftSettings setBusinessAccountName
setBusinessAccountProfilePhoto setBusinessAccountUsername setChatAdministratorCustomTitle
setChatDescription setChatMemberTag setChatPermissions setChatPhoto setChatStickerSet setChatTitle
setCustomEmojiStickerSetThumbnail setGameScore setManagedBotAccessSettings setMyProfilePhoto
setPassportDataErrors setStickerEmojiList setStickerKeywords setStickerMaskPosition
setStickerPositionInSet setStickerSetThumbnail setStickerSetTitle setUserEmojiStatus
stopMessageLiveLocation transferBusinessAccountStars transferGift unbanChatMember
unbanChatSenderChat unhideGeneralForumTopic unpinAllForumTopicMessages
unpinAllGeneralForumTopicMessages upgradeGift uploadStickerFile verifyChat verifyUser
"""

EPHEMERAL = frozenset(
    ("deleteephemeralmessage", "editephemeralmessagetext", "editephemeralmessagereplymarkup")
)
"""Methods that older servers do not know (lower case)."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method."""

    name: str
    type: str
    required: bool


def _read(table: str) -> dict[str, tuple[str, dict[str, Parameter]]]:
    methods: dict[str, tuple[str, dict[str, Parameter]]] = {}
    current = ""
    for word in table.split():
        name, colon, kind = word.partition(":")
        if not colon:
            current = word.lower()
            methods[current] = (word, {})
        else:
            methods[current][1][name] = Parameter(name, kind.rstrip("!"), kind.endswith("!"))
    return methods


SIGNATURES = _read(_MODELLED)
"""Lower-case method name: its spelling and its parameters."""

OTHER_METHODS = {name.lower(): name for name in _OTHERS.split()}
"""Methods of the Bot API that the emulator does not model."""


def doubts(method: str, arguments: Arguments) -> list[str]:
    """What the server would swallow: unknown parameters and values of the wrong type.

    `method` is in lower case. The real server reads "abc" as the number 0 and ignores what it does
    not know, so a mistake there stays unseen; the call's record lists it.
    """
    if method not in SIGNATURES:
        return []
    spelling, known = SIGNATURES[method]
    found = [
        f"{spelling} requires {one.name}"
        for one in known.values()
        if one.required and not _given(one, arguments)
    ]
    for name in arguments:
        parameter = known.get(name)
        if parameter is None:
            found.append(f"{spelling} has no parameter {name}")
        elif not _fits(parameter.type, arguments.raw(name)):
            found.append(f"{spelling}: {name} should be of type {parameter.type}")
    return found


def _given(parameter: Parameter, arguments: Arguments) -> bool:
    return arguments.has(parameter.name) or parameter.name in arguments.files


def _fits(kind: str, value: object) -> bool:
    if isinstance(value, str):
        return _spelled(kind, value)
    if kind in ("int", "float", "id"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    wanted: dict[str, type] = {"bool": bool, "list": list, "object": dict, "str": str, "file": str}
    return isinstance(value, wanted[kind])


def _spelled(kind: str, value: str) -> bool:
    """Whether a string, as forms send it, spells a value of that type."""
    if kind == "int":
        return value.removeprefix("-").isdecimal()
    if kind == "id":
        return value.startswith("@") or value.removeprefix("-").isdecimal()
    if kind == "bool":
        return value.lower() in ("true", "false", "yes", "no", "1", "0")
    if kind in ("list", "object"):
        return value[:1] == ("[" if kind == "list" else "{")
    return True
