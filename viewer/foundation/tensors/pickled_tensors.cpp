// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/pickled_tensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <string_view>
#include <variant>

namespace geneglass {
namespace {

struct PickledValue;
using ValuePointer = PickledValue*;  ///< of the reader

struct Nothing {};  ///< None, floats, and what is of no interest
struct Mark {};
struct GlobalName {
  std::string name;
};
using Items = std::vector<ValuePointer>;
using Entries = std::vector<std::pair<ValuePointer, ValuePointer>>;

struct PickledValue {
  std::variant<Nothing, Mark, int64_t, std::string, GlobalName, Items, Entries, PickledTensor> value;
  int depth = 0;  ///< of what it holds
};

/// What is not right throws std::runtime_error with the reason.
class PickleReader final {
 public:
  explicit PickleReader(std::span<const uint8_t> bytes) : m_bytes(bytes) {}

  ValuePointer read() {
    while (true) {
      const uint8_t code = byte();
      if (code == '.') return pop();
      if (!(readConstant(code) || readMemo(code) || readContainer(code))) act(code);
    }
  }

 private:
  [[noreturn]] static void refuse(const std::string& why) { throw std::runtime_error(why); }

  std::span<const uint8_t> take(uint64_t count) {
    if (count > m_bytes.size() - m_at) refuse("its pickle is not whole");
    m_at += count;
    return m_bytes.subspan(m_at - count, count);
  }
  uint8_t byte() { return take(1)[0]; }
  uint64_t number(size_t width) {
    const std::span<const uint8_t> bytes = take(width);
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) value = value << 8 | bytes[i];
    return value;
  }
  std::string text(uint64_t count) {
    const std::span<const uint8_t> bytes = take(count);
    return {bytes.begin(), bytes.end()};
  }
  std::string line() {
    const auto rest = m_bytes.subspan(m_at);
    const auto end = std::ranges::find(rest, uint8_t('\n'));
    if (end == rest.end()) refuse("its pickle is not whole");
    std::string found(rest.begin(), end);
    m_at += found.size() + 1;
    return found;
  }

  template <typename Value>
  void push(Value value, int depth = 0) {
    constexpr int kDeepest = 64;
    if (depth > kDeepest) refuse("its pickle is nested too deeply");
    m_values.push_back({std::move(value), depth});
    m_stack.push_back(&m_values.back());
  }
  ValuePointer pop() {
    if (m_stack.empty()) refuse("its pickle takes what is not there");
    const ValuePointer top = m_stack.back();
    m_stack.pop_back();
    return top;
  }
  template <typename Value>
  const Value& as(const ValuePointer& pointer) const {
    const Value* value = std::get_if<Value>(&pointer->value);
    if (!value) refuse("its pickle is not as PyTorch writes it");
    return *value;
  }
  template <typename Value>
  Value& topAs() {
    if (m_stack.empty()) refuse("its pickle takes what is not there");
    Value* value = std::get_if<Value>(&m_stack.back()->value);
    if (!value) refuse("its pickle is not as PyTorch writes it");
    return *value;
  }
  Items popToMark() {
    const auto mark = std::ranges::find_if(m_stack.rbegin(), m_stack.rend(), [](const ValuePointer& value) {
      return std::holds_alternative<Mark>(value->value);
    });
    if (mark == m_stack.rend()) refuse("its pickle takes what is not there");
    Items items(mark.base(), m_stack.end());
    m_stack.erase(mark.base() - 1, m_stack.end());
    return items;
  }
  static int depthOf(const Items& items) {
    int depth = 0;
    for (const ValuePointer& item : items) depth = std::max(depth, item->depth + 1);
    return depth;
  }
  void pushTuple(Items items) {
    const int depth = depthOf(items);
    push(std::move(items), depth);
  }

  bool readConstant(uint8_t code);
  bool readMemo(uint8_t code);
  bool readContainer(uint8_t code);
  void act(uint8_t code);
  void addItems(const Items& items);
  void setEntries(const Items& items);
  void pushGlobal(const std::string& module, const std::string& name);
  void reduce();

  std::span<const uint8_t> m_bytes;
  size_t m_at = 0;
  std::deque<PickledValue> m_values;  ///< all there were: a list may hold itself
  Items m_stack;
  std::map<uint64_t, ValuePointer> m_memo;
};

bool PickleReader::readConstant(uint8_t code) {
  switch (code) {
    case 0x80:  // protocol
      return byte() <= 5 || (refuse("its pickle is of an unknown protocol"), false);
    case 0x95:  // frame
      return take(8), true;
    case 'N':
      return push(Nothing()), true;
    case 'G':  // float
      return take(8), push(Nothing()), true;
    case 0x88:
    case 0x89:
      return push(int64_t(code == 0x88)), true;
    case 'K':
      return push(int64_t(byte())), true;
    case 'M':
      return push(int64_t(number(2))), true;
    case 'J':
      return push(int64_t(static_cast<int32_t>(number(4)))), true;
    case 0x8a: {  // long
      const uint8_t width = byte();
      if (width > 8) refuse("its pickle holds a number that is too large");
      const uint64_t value = number(width);
      const int unused = 64 - 8 * width;
      return push(width ? static_cast<int64_t>(value << unused) >> unused : int64_t(0)), true;
    }
    case 'X':
      return push(text(number(4))), true;
    case 0x8c:
      return push(text(byte())), true;
    case 0x8d:
      return push(text(number(8))), true;
    default:
      return false;
  }
}

bool PickleReader::readMemo(uint8_t code) {
  const auto put = [&](uint64_t place) {
    if (m_stack.empty()) refuse("its pickle takes what is not there");
    m_memo[place] = m_stack.back();
    return true;
  };
  const auto recall = [&](uint64_t place) {
    const auto found = m_memo.find(place);
    if (found == m_memo.end()) refuse("its pickle takes what is not there");
    m_stack.push_back(found->second);
    return true;
  };
  switch (code) {
    case 'q':
      return put(byte());
    case 'r':
      return put(number(4));
    case 0x94:
      return put(m_memo.size());
    case 'h':
      return recall(byte());
    case 'j':
      return recall(number(4));
    default:
      return false;
  }
}

bool PickleReader::readContainer(uint8_t code) {
  switch (code) {
    case '(':
      return push(Mark()), true;
    case ')':
    case ']':
      return push(Items()), true;
    case '}':
      return push(Entries()), true;
    case 't':
      return pushTuple(popToMark()), true;
    case 0x85:
    case 0x86:
    case 0x87: {
      Items items;
      for (int i = 0x84; i < code; ++i) items.insert(items.begin(), pop());
      return pushTuple(std::move(items)), true;
    }
    case 'a': {
      const ValuePointer item = pop();
      return addItems({item}), true;
    }
    case 'e':
      return addItems(popToMark()), true;
    case 's': {
      const ValuePointer value = pop(), key = pop();
      return setEntries({key, value}), true;
    }
    case 'u':
      return setEntries(popToMark()), true;
    default:
      return false;
  }
}

void PickleReader::addItems(const Items& items) {
  Items& list = topAs<Items>();
  list.insert(list.end(), items.begin(), items.end());
  m_stack.back()->depth = std::max(m_stack.back()->depth, depthOf(items));
  if (m_stack.back()->depth > 64) refuse("its pickle is nested too deeply");
}

void PickleReader::setEntries(const Items& items) {
  Entries& entries = topAs<Entries>();
  for (size_t i = 0; i + 1 < items.size(); i += 2) entries.emplace_back(items[i], items[i + 1]);
  m_stack.back()->depth = std::max(m_stack.back()->depth, depthOf(items));
  if (m_stack.back()->depth > 64) refuse("its pickle is nested too deeply");
}

void PickleReader::act(uint8_t code) {
  switch (code) {
    case 'c': {
      const std::string module = line();
      return pushGlobal(module, line());
    }
    case 0x93: {
      const ValuePointer name = pop(), module = pop();
      return pushGlobal(as<std::string>(module), as<std::string>(name));
    }
    case 'Q': {  // ("storage", type, key, place, count)
      const ValuePointer pointer = pop();
      const Items& id = as<Items>(pointer);
      if (id.size() != 5 || as<std::string>(id[0]) != "storage")
        refuse("its pickle is not as PyTorch writes it");
      std::string type = as<GlobalName>(id[1]).name;
      type.erase(0, type.find('.') + 1);
      return push(PickledTensor{std::move(type), as<std::string>(id[2]), 0, {}, {}});
    }
    case 'R':
      return reduce();
    case 'b':  // the state of a dictionary: its metadata
      pop();
      topAs<Entries>();
      return;
    default:
      refuse(fmt::format("its pickle holds an instruction (0x{:02x}) that weights do not need", code));
  }
}

void PickleReader::pushGlobal(const std::string& module, const std::string& name) {
  const std::string whole = module + "." + name;
  const bool known = whole == "collections.OrderedDict" || whole == "torch._utils._rebuild_tensor_v2" ||
                     whole == "torch._utils._rebuild_parameter" ||
                     (module == "torch" && name.ends_with("Storage"));
  if (!known)
    refuse(fmt::format("its pickle holds code ('{}'), which weights do not need and which is not run here",
                       whole));
  push(GlobalName{whole});
}

void PickleReader::reduce() {
  const ValuePointer pointer = pop(), called = pop();
  const Items& arguments = as<Items>(pointer);
  const std::string& name = as<GlobalName>(called).name;
  if (name == "collections.OrderedDict" && arguments.empty()) return push(Entries());
  if (name == "torch._utils._rebuild_parameter" && !arguments.empty()) {
    as<PickledTensor>(arguments[0]);
    m_stack.push_back(arguments[0]);
    return;
  }
  if (name != "torch._utils._rebuild_tensor_v2" || arguments.size() < 4)
    refuse("its pickle is not as PyTorch writes it");
  PickledTensor tensor = as<PickledTensor>(arguments[0]);
  tensor.offset = as<int64_t>(arguments[1]);
  for (const ValuePointer& side : as<Items>(arguments[2])) tensor.shape.push_back(as<int64_t>(side));
  for (const ValuePointer& step : as<Items>(arguments[3])) tensor.strides.push_back(as<int64_t>(step));
  if (tensor.shape.size() != tensor.strides.size()) refuse("its pickle is not as PyTorch writes it");
  push(std::move(tensor));
}

const Entries& entriesOf(const ValuePointer& pointer) {
  const auto* entries = std::get_if<Entries>(&pointer->value);
  if (!entries) throw std::runtime_error("its pickle holds no dictionary of tensors");
  return *entries;
}

std::map<std::string, PickledTensor> tensorsOf(const Entries& entries) {
  std::map<std::string, PickledTensor> tensors;
  for (const auto& [key, value] : entries)
    if (const auto* name = std::get_if<std::string>(&key->value))
      if (const auto* tensor = std::get_if<PickledTensor>(&value->value)) tensors[*name] = *tensor;
  return tensors;
}

}  // namespace

Result<std::map<std::string, PickledTensor>> readPickledTensors(std::span<const uint8_t> pickle) {
  try {
    PickleReader reader(pickle);
    const ValuePointer top = reader.read();
    if (const auto* alone = std::get_if<PickledTensor>(&top->value))
      return std::map<std::string, PickledTensor>{{"", *alone}};
    const Entries& entries = entriesOf(top);
    std::map<std::string, PickledTensor> tensors = tensorsOf(entries);
    if (!tensors.empty()) return tensors;
    for (const std::string_view within : {"state_dict", "model", "teacher"})
      for (const auto& [key, value] : entries) {
        const auto* name = std::get_if<std::string>(&key->value);
        if (name && *name == within) return tensorsOf(entriesOf(value));
      }
    return fail("its pickle holds no dictionary of tensors");
  } catch (const std::runtime_error& error) {
    return fail(error.what());
  }
}

}  // namespace geneglass
