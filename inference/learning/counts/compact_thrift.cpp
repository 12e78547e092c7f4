// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/compact_thrift.h"

namespace geneglass {
namespace {

constexpr int kDeepest = 12;

enum class ThriftKind : uint8_t {
  Stop,
  True,
  False,
  Byte,
  I16,
  I32,
  I64,
  Double,
  Binary,
  List,
  Set,
  Map,
  Struct
};

int64_t zigzag(uint64_t value) {
  return int64_t(value >> 1) ^ -int64_t(value & 1);
}

ThriftValue valueOf(ByteCursor& cursor, ThriftKind kind, int depth);

ThriftValue structOf(ByteCursor& cursor, int depth) {
  ThriftValue value;
  int64_t field = 0;
  while (cursor.isWhole()) {
    const uint8_t head = cursor.byte();
    const auto kind = ThriftKind(head & 0x0f);
    if (kind == ThriftKind::Stop) break;
    field = head >> 4 ? field + (head >> 4) : zigzag(cursor.varint());
    if (field < 0 || field > 1000) cursor.fail();
    value.fields[int(field)] = valueOf(cursor, kind, depth);
  }
  return value;
}

ThriftValue listOf(ByteCursor& cursor, int depth) {
  ThriftValue value;
  const uint8_t head = cursor.byte();
  uint64_t count = head >> 4;
  if (count == 15) count = cursor.varint();
  if (count > cursor.left()) cursor.fail();
  for (uint64_t i = 0; i < count && cursor.isWhole(); ++i) {
    const auto kind = ThriftKind(head & 0x0f);
    value.list.push_back(kind == ThriftKind::True || kind == ThriftKind::False
                             ? ThriftValue{cursor.byte() == 1, {}, {}, {}}
                             : valueOf(cursor, kind, depth));
  }
  return value;
}

void passMap(ByteCursor& cursor, int depth) {
  const uint64_t count = cursor.varint();
  if (count > cursor.left()) cursor.fail();
  const uint8_t kinds = count > 0 ? cursor.byte() : 0;
  for (uint64_t i = 0; i < count && cursor.isWhole(); ++i) {
    valueOf(cursor, ThriftKind(kinds >> 4), depth);
    valueOf(cursor, ThriftKind(kinds & 0x0f), depth);
  }
}

ThriftValue valueOf(ByteCursor& cursor, ThriftKind kind, int depth) {
  ThriftValue value;
  if (depth > kDeepest) cursor.fail();
  if (!cursor.isWhole()) return value;
  switch (kind) {
    case ThriftKind::True:
    case ThriftKind::False:
      value.number = kind == ThriftKind::True;
      break;
    case ThriftKind::Byte:
      value.number = cursor.byte();
      break;
    case ThriftKind::I16:
    case ThriftKind::I32:
    case ThriftKind::I64:
      value.number = zigzag(cursor.varint());
      break;
    case ThriftKind::Double:
      cursor.take(8);
      break;
    case ThriftKind::Binary: {
      const auto bytes = cursor.take(cursor.varint());
      value.text.assign(bytes.begin(), bytes.end());
      break;
    }
    case ThriftKind::List:
    case ThriftKind::Set:
      return listOf(cursor, depth + 1);
    case ThriftKind::Map:
      passMap(cursor, depth + 1);
      break;
    case ThriftKind::Struct:
      return structOf(cursor, depth + 1);
    default:
      cursor.fail();
  }
  return value;
}

}  // namespace

const ThriftValue& ThriftValue::at(int field) const {
  static const ThriftValue none;
  const auto found = fields.find(field);
  return found == fields.end() ? none : found->second;
}

ThriftValue readThrift(ByteCursor& cursor) {
  return structOf(cursor, 0);
}

}  // namespace geneglass
