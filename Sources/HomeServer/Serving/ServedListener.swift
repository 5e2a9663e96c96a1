import Ledger

/// A listening through the server: what a player was given, heard, and did.
struct ServedListener {
  let session: ViewingLog.Session
  var model: WatchModel
  /// What was heard while it is not clear that somebody listens.
  private var first: [(item: Int, milliseconds: Range<Int64>)] = []
  private var firstMilliseconds: Int64 = 0
  /// Whether it counts as a listening.
  private(set) var hasBegun = false
  private var hasStopped = false
  private var wasPaused = false
  /// Where the listener is.
  private var place: (item: Int, milliseconds: Int64)?

  /// How much must be heard before it is a listening and no look into the file, in milliseconds.
  private static let least: Int64 = 1000
  /// How far a place must be from the one before to be a move, in milliseconds.
  private static let move: Int64 = 1500

  init(_ session: ViewingLog.Session, patience: Int64, now: Int64) {
    self.session = session
    model = WatchModel(patience: patience, now: now)
  }

  /// What happened.
  struct Happening {
    /// Parts that were heard.
    var heard: [(item: Int, milliseconds: Range<Int64>)] = []
    /// What the listener did, and where.
    var actions: [(action: ViewingAction, position: Int64)] = []
  }

  /// Lets time pass.
  mutating func advance(to now: Int64) -> Happening {
    var happening = Happening()
    var heard = model.advance(to: now)
    if !hasBegun, !heard.isEmpty {
      first += heard
      firstMilliseconds += heard.reduce(0) {
        $0 + $1.milliseconds.upperBound - $1.milliseconds.lowerBound
      }
      guard firstMilliseconds >= Self.least else { return happening }
      hasBegun = true
      heard = first
      first = []
      let start = heard[heard.count - 1]
      happening.actions.append((.start, heard.first?.milliseconds.lowerBound ?? 0))
      place = (start.item, start.milliseconds.lowerBound)
    } else if hasStopped, let start = heard.first {
      happening.actions.append((.start, start.milliseconds.lowerBound))
      place = (start.item, start.milliseconds.lowerBound)
    }
    if !heard.isEmpty { hasStopped = false }
    // Several moves at once are one: where he is now.
    var moved: (action: ViewingAction, position: Int64)?
    for part in heard {
      let start = part.milliseconds.lowerBound
      if let place, hasBegun {
        if part.item != place.item {
          moved = (.seek, start)
        } else if abs(start - place.milliseconds) > Self.move {
          moved = (start > place.milliseconds ? .forward : .rewind, start)
        }
      }
      place = (part.item, part.milliseconds.upperBound)
    }
    if hasBegun, model.isPaused != wasPaused {
      wasPaused = model.isPaused
      happening.actions.append((wasPaused ? .pause : .start, place?.milliseconds ?? 0))
    }
    if let moved { happening.actions.append(moved) }
    happening.heard = heard
    return happening
  }

  /// Ends it: the stop, if it is to be said.
  mutating func stop() -> (action: ViewingAction, position: Int64)? {
    guard hasBegun, !hasStopped else { return nil }
    hasStopped = true
    return (.stop, place?.milliseconds ?? 0)
  }
}
