/// The check characters of identifiers, computed from the ASCII codes of the characters before.
enum CheckCharacter {
  /// ISO 7064 Mod 37,36, a hybrid system over digits and capitals.
  ///
  /// Finds every single wrong character; of swapped neighbours fewer than two in a thousand go
  /// unnoticed.
  static func mod37And36(_ codes: some Sequence<UInt8>) -> UInt8 {
    var product = 36
    for code in codes {
      let sum = (product + Alphanumeric.value(of: code)) % 36
      product = (sum == 0 ? 36 : sum) * 2 % 37
    }
    // The character that makes the last sum 1 modulo 36.
    return Alphanumeric.code(of: (37 - product) % 36)
  }

  /// ISO 7064 Mod 11-2, a pure system over digits whose check character may be X for ten.
  ///
  /// Finds every single wrong character and every swap of two neighbours.
  static func mod11And2(_ codes: some Sequence<UInt8>) -> UInt8 {
    let remainder = codes.reduce(0) { ($0 + Alphanumeric.value(of: $1)) * 2 % 11 }
    let check = (12 - remainder) % 11
    return check == 10 ? UInt8(ascii: "X") : Alphanumeric.code(of: check)
  }

  /// GS1's check digit: weights 3 and 1 by turns from the right, modulo 10.
  ///
  /// Finds every single wrong digit and every swap of two neighbours that do not differ by 5.
  static func gs1(_ codes: some Collection<UInt8>) -> UInt8 {
    var sum = 0
    for (place, code) in codes.reversed().enumerated() {
      sum += Alphanumeric.value(of: code) * (place % 2 == 0 ? 3 : 1)
    }
    return Alphanumeric.code(of: (10 - sum % 10) % 10)
  }
}

/// Digits and capitals as numbers: 0 to 9, then A = 10 to Z = 35.
enum Alphanumeric {
  /// The value of the ASCII code of a digit or capital.
  static func value(of code: UInt8) -> Int {
    Int(code) - (code < UInt8(ascii: "A") ? 48 : 55)
  }

  /// The ASCII code for a value 0...35.
  static func code(of value: Int) -> UInt8 {
    UInt8(value < 10 ? 48 + value : 55 + value)
  }
}
