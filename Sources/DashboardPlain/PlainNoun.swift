/// What a list that is read out consists of.
package enum PlainNoun: Sendable {
  case key
  case permission
  case creator
  case month
  case message
  case command

  var singular: String {
    switch self {
    case .key: "key"
    case .permission: "permission"
    case .creator: "creator"
    case .month: "month"
    case .message: "message"
    case .command: "command"
    }
  }

  var plural: String {
    switch self {
    case .key: "keys"
    case .permission: "permissions"
    case .creator: "creators"
    case .month: "months"
    case .message: "messages"
    case .command: "commands"
    }
  }
}
