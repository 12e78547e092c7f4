// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "inference/learning/counts/byte_cursor.h"

namespace geneglass {

/// A value of Apache Thrift's compact protocol, in which Parquet writes what it says of its columns and
/// pages.
struct ThriftValue {
  int64_t number = 0;  ///< of whole numbers and truths
  std::string text;
  std::vector<ThriftValue> list;
  std::map<int, ThriftValue> fields;

  bool has(int field) const { return fields.contains(field); }
  const ThriftValue& at(int field) const;  ///< an empty one where there is none
};

/// The struct at the cursor, which fails where it is none, or is nested too deep.
ThriftValue readThrift(ByteCursor& cursor);

}  // namespace geneglass
