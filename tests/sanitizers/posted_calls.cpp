// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the thread sanitizer that a call which one thread posts to another happens after all the first one
// did before. Qt is built without it, so it sees no lock of an event queue.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <QMetaObject>
#include <utility>

#if QT_VERSION < QT_VERSION_CHECK(6, 7, 0)  // later ones hand the arguments over with the slot

namespace {

/// Calls `slot` where Qt calls this; ends it, called or not. The sanitizer is told at the place where this
/// lies at last.
class ToldCall final {
 public:
  ToldCall(QObject* receiver, QtPrivate::QSlotObjectBase* slot) : m_receiver(receiver), m_slot(slot) {}
  ToldCall(ToldCall&& other) noexcept
      : m_receiver(other.m_receiver), m_slot(std::exchange(other.m_slot, nullptr)) {
    __tsan_release(this);
  }
  ToldCall& operator=(ToldCall&&) = delete;
  ~ToldCall() {
    __tsan_acquire(this);
    if (m_slot) m_slot->destroyIfLastRef();
  }

  void operator()() const {
    __tsan_acquire(const_cast<ToldCall*>(this));
    void* arguments[] = {nullptr};
    m_slot->call(m_receiver, arguments);
    __tsan_release(const_cast<ToldCall*>(this));  // the poster may be the last to hold it
  }

 private:
  QObject* m_receiver;
  QtPrivate::QSlotObjectBase* m_slot;
};

}  // namespace

/// What Qt's header calls for every posted call, found here before Qt's own.
bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type,
                                   void* returned) {
  using Function = bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*);
  static const auto original = reinterpret_cast<Function>(dlsym(
      RTLD_NEXT,
      "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv"));
  if (returned || type != Qt::QueuedConnection) return original(object, slot, type, returned);
  using Told = QtPrivate::QFunctorSlotObjectWithNoArgs<ToldCall, void>;
  return original(object, new Told(ToldCall(object, slot)), type, nullptr);
}

#endif
