// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/screen_profile.h"

#include <fmt/format.h>
#include <xcb/xcb.h>

#include <QFile>
#include <QGuiApplication>
#include <cstdlib>
#include <memory>
#include <utility>

#include "viewer/slide/colour_profile.h"

namespace geneglass {
namespace {

struct Freed {
  void operator()(void* reply) const { std::free(reply); }
};
template <typename T>
using Reply = std::unique_ptr<T, Freed>;

}  // namespace

ScreenProfile readScreenProfile(const ScreenSource& source) {
  ScreenProfile screen;
  std::vector<uint8_t> bytes = source.bytes;
  if (source.file) {
    QFile file(QString::fromStdString(source.file->string()));
    if (!file.open(QIODevice::ReadOnly)) {
      screen.refusal = fmt::format("Cannot read the screen's profile '{}': {}.", source.file->string(),
                                   file.errorString().toStdString());
      return screen;
    }
    const QByteArray read = file.read(static_cast<qint64>(kLargestColourProfile) + 1);
    bytes.assign(read.begin(), read.end());
  }
  if (bytes.empty() && !source.file) return screen;
  Result<std::string> name = screenProfileName(bytes);
  if (!name) {
    screen.refusal = std::move(name.error().sentence);
    return screen;
  }
  screen.name = std::move(*name);
  screen.bytes = std::move(bytes);
  return screen;
}

std::vector<uint8_t> systemScreenProfile() {
  auto* x11 = qGuiApp ? qGuiApp->nativeInterface<QNativeInterface::QX11Application>() : nullptr;
  xcb_connection_t* connection = x11 ? x11->connection() : nullptr;
  if (!connection) return {};
  const std::string name = "_ICC_PROFILE";
  const auto asked = xcb_intern_atom(connection, 1, static_cast<uint16_t>(name.size()), name.data());
  const Reply<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(connection, asked, nullptr));
  const xcb_screen_iterator_t screens = xcb_setup_roots_iterator(xcb_get_setup(connection));
  if (!atom || atom->atom == XCB_ATOM_NONE || screens.rem == 0) return {};
  const auto wanted =
      xcb_get_property(connection, 0, screens.data->root, atom->atom, XCB_GET_PROPERTY_TYPE_ANY, 0,
                       static_cast<uint32_t>(kLargestColourProfile / 4));
  const Reply<xcb_get_property_reply_t> property(xcb_get_property_reply(connection, wanted, nullptr));
  if (!property || property->format != 8) return {};
  const auto* bytes = static_cast<const uint8_t*>(xcb_get_property_value(property.get()));
  return {bytes, bytes + xcb_get_property_value_length(property.get())};
}

}  // namespace geneglass
